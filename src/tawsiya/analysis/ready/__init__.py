"""The ready-made analyses beside the page that crosses two dimensions: questions asked again and again.

`repeated`: what comes back from review to review. `lacking`: what has no group, no institution, no news.
`alone`: what one body asks and no other. `abroad`: the same theme in other States.
"""
