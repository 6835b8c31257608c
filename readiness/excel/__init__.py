"""The Excel export: written by XlsxWriter, read back by openpyxl; knows views, not tables.

Callers import `readiness.excel.workbook` where they use it: the two libraries take a while to load.
"""
