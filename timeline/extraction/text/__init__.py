"""The surface of a text: tokens, sentences, datelines and quotation marks."""
