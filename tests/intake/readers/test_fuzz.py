"""A handful of what `bench/fuzz.py` does a hundred thousand times: no changed file breaks a reader."""

from random import Random

import pytest

from tawsiya.intake.readers import detect
from tawsiya.intake.readers.pdf import picture
from tawsiya.intake.readers.records import UnreadableFile
from tawsiya.intake.readers.sheets import files
from tests.intake.readers.fuzz import mutate, seeds

FILES = seeds.fixtures()
READERS = {
    seeds.READ: detect.read,
    seeds.READ_FILLED: detect.read_filled,
    seeds.LAYOUT: detect.layout_of,
    seeds.MAPPED: lambda data: files.read(data, files.examine(data).columns),
    seeds.PICTURES: lambda data: list(picture.pictures(data, [1], 50)),
}


def outcome(seed, data):
    """What was read, or the sentence of the refusal; any other exception fails the test."""
    try:
        return READERS[seed.task](data)
    except UnreadableFile as refusal:
        return refusal.message.strip()


@pytest.mark.parametrize("format_name", sorted({seed.format for seed in FILES}))
def test_changed_files_are_read_or_refused(format_name):
    own = [seed for seed in FILES if seed.format == format_name]
    random = Random(format_name)
    for _ in range(60):
        seed, other = random.choice(own), random.choice(FILES)
        assert outcome(seed, mutate.mutated(random, seed.data, other.data)) != ""


@pytest.mark.parametrize("seed", FILES, ids=lambda seed: f"{seed.format}: {seed.name}")
def test_the_files_to_start_from_are_good(seed):
    """A fuzzer that starts from refused files would only ever test refusals."""
    if seed.format == "other kinds":
        with pytest.raises(UnreadableFile):
            READERS[seed.task](seed.data)
    else:
        assert READERS[seed.task](seed.data)


def test_the_same_number_gives_the_same_file():
    one, other = FILES[0], FILES[5]
    made = [mutate.mutated(Random("1-7"), one.data, other.data) for _ in range(2)]
    assert made[0] == made[1]


def test_every_change_changes_something():
    random = Random(4)
    same = sum(
        mutate.mutated(random, seed.data, FILES[0].data) == seed.data for seed in FILES for _ in range(20)
    )
    assert same < 0.1 * 20 * len(FILES)
