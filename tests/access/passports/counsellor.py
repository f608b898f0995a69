"""Who gets what of passports: counsellor. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
passports                               lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
passport_staff                          lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
visit_write                             lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST visit_write                        lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
cheque_staff                            lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
cheque_withdraw                         lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
cheque_cancel                           lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
cheque_note                             lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
cheque_judge                            lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST cheque_withdraw                    lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST cheque_cancel                      lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST cheque_note                        lg  403 403 go  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST cheque_judge                       lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
dispute_settle                          lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST dispute_settle                     lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
decision_ask                            lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST decision_ask                       lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
decision_withdraw                       lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
decision_agreed                         lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST decision_withdraw                  lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST decision_agreed                    lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
papers                                  lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST papers                             lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
paper_record                            lg  403 403 ok  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST paper_record                       lg  403 403 ok  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
paper_scan                              lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST paper_scan                         lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
paper_see                               lg  403 403 404 ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST paper_see                          lg  403 403 404 go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
paper_confirm                           lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST paper_confirm                      lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
sheet_visits                            lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST sheet_visits                       lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
file: cheque-papier                     404 ok  404 ok  ok  ok  ok  ok  404 404 404 404 404 404 404 404 404 404 404
"""
