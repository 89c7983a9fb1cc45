"""The contract with the Excel file, and the way from its bytes to a typed Programme. The only place
that opens a workbook to read.

May import: values.
"""
