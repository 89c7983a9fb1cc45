"""The Asser Ambitie Agenda: from one Excel workbook to every number on screen."""
