"""The payer outcome profile as a document: figures, tables, what must stay hidden, drawings, rows for files."""
