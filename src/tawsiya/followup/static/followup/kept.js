// What the browser keeps of a text while the network is away: by account, and never longer than the server does.

const PREFIX = "tawsiya.kept.";

const key = (account, place) => `${PREFIX}${account}.${place}`;

/** Give back what is kept in a place, or null: `{fields, version, at, sent}`. */
export function recall(account, place) {
  try {
    return JSON.parse(localStorage.getItem(key(account, place)));
  } catch {
    return null;
  }
}

/** Keep an entry. False where the browser has no room or allows none. */
export function keep(account, place, entry) {
  try {
    localStorage.setItem(key(account, place), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(account, place) {
  try {
    localStorage.removeItem(key(account, place));
  } catch {
    // Nothing was kept.
  }
}

/** Drop what expired, and all of it where policy keeps nothing. */
export function tidy(days, allowed) {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      let at = 0;
      try {
        at = JSON.parse(localStorage.getItem(name)).at;
      } catch {
        at = 0;
      }
      if (!allowed || !(at > Date.now() - days * 86_400_000)) localStorage.removeItem(name);
    }
  } catch {
    // No storage: nothing to tidy.
  }
}
