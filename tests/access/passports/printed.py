"""Who gets what of passports: printed. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
passport_pdf                            lg  ok  404 ok  404 ok  404 ok  ok  404 404 404 404 404 404 404 404 404 404
passport_attestation_pdf                lg  ok  404 ok  404 ok  404 ok  ok  404 404 404 404 404 404 404 404 404 404
attestation_pdf                         lg  ok  404 ok  404 ok  404 ok  ok  404 404 404 404 404 404 404 404 404 404
certificate_pdf                         lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
sheet_pdf                               lg  ok  404 ok  404 ok  404 ok  ok  404 404 404 404 404 ok  404 404 404 404
blanks_pdf                              lg  404 404 ok  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""
