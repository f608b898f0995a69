"""Who gets what of passports: signing. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
signing_code                            lg  go  go  403 403 403 403 403 403 403 403 403 403 403 403 403 403 go  403
sign_cheque                             lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
sign_agreement                          lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
cheque_to_sign                          lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
sign_agreement_staff                    lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
agreement_to_sign                       lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
paper_agreement                         lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
paper_agreement_see                     lg  403 403 404 ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST signing_code                       lg  go  go  403 403 403 403 403 403 403 403 403 403 403 403 403 403 go  403
POST sign_cheque                        lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST sign_agreement                     lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST cheque_to_sign                     lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST sign_agreement_staff               lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST agreement_to_sign                  lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST paper_agreement                    lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST paper_agreement_see                lg  403 403 404 go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
file: contrat-papier                    404 ok  404 ok  ok  ok  ok  ok  404 404 404 404 404 404 404 404 404 404 404
"""
