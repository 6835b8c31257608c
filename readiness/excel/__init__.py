"""Excel workbooks out of views; knows no tables."""
