"""Who gets what of passports: treasury. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
treasury_orders                         lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order_record                   lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order                          lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order_confirm                  lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order_cancel                   lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order_give                     lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_order_take_back                lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_stubs                          lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_lines                          lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_invoiced                       lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST treasury_invoiced                  lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_statements                     lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
treasury_statement_file                 lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
order_quote_pdf                         lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 ok  403 403 403 403
order_pdf                               lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 ok  403 403 403 403
give_sheet                              lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST treasury_order_record              lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST treasury_order_confirm             lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST treasury_order_cancel              lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST treasury_order_give                lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST treasury_order_take_back           lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
POST give_sheet                         lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
"""
