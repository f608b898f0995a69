"""Who gets what of passports: prescriber. Columns and answers: `tests/access/table.py`."""

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
ROWS = """
prescriber_passports                    lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_passport                     lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_passport_opinion             lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_decision                     lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_orders                       lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_order                        lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_order_ask                    lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_audits                       lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_audit                        lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_summary                      lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
POST prescriber_summary                 lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
POST prescriber_passport_opinion        lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
POST prescriber_decision                lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
POST prescriber_order_ask               lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
POST prescriber_audits                  lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
file: audit                             404 404 404 404 404 404 404 404 ok  404 404 404 404 404 404 404 404 404 404
"""
