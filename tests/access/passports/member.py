"""Who gets what of passports: member. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
my_passport                             lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_passport_one                         lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_passport_judge                       lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_passport_looks                       lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_passport_check                       lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_passport_export                      lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_cheque                               lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_cheque_contest                       lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_cheque_judge                         lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_cheque_agree                         lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
POST my_passport_judge                  lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_cheque_contest                  lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_cheque_judge                    lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_cheque_agree                    lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
"""
