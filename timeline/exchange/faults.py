"""What is wrong with a file as a whole."""


class FileError(ValueError):
    """A file that cannot be read at all; the message says why, in a sentence for an editor."""
