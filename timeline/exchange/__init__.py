"""Events with their reports as files that editors take away, change and bring in again.

`records` says what stands in a file, `files` and `timelinejs` read and write it, `plans` compares
it with what is stored, `bringing` stores what was agreed to.
"""
