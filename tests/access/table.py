"""Who gets what: written by hand, walked whole by `test_table`.

Columns: V visitor · M the member concerned · M2 another · C the referent · C2 another counsellor · S a stand-in ·
F a former referent · X help in an emergency · P, P2 prescribers · E a company that the member allows · E2 another ·
R an editor · A an administrator · T the treasurer · B the volunteer of this video · B2 another · O a former member ·
N somebody without a role.

Answers: ok · lg, sent to the login · go, sent elsewhere · 400 · 403 · 404 · 405.
"""

from tests.access.passports import counsellor, member, prescriber, printed, signing, treasury

PEOPLE = ["V", "M", "M2", "C", "C2", "S", "F", "X", "P", "P2", "E", "E2", "R", "A", "T", "B", "B2", "O", "N"]

#                                       V   M   M2  C   C2  S   F   X   P   P2  E   E2  R   A   T   B   B2  O   N
SPACES = """
space                                   lg  go  go  go  go  go  go  go  go  go  go  go  go  go  go  go  go  go  ok
member_space                            lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
counsellor_space                        lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
prescriber_space                        lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
company_space                           lg  403 403 403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403
treasurer_space                         lg  403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403
volunteer_space                         lg  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  ok  403 403
"""

MEMBERS_RECORD = """
members                                 lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
add_member                              lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
member_record                           lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
correct_member                          lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
hand_over                               lg  403 403 ok  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
stand_in                                lg  403 403 ok  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
invite_member                           lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
renew_membership                        lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
end_membership                          lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
note_contact                            lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST correct_member                     lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
relay                                   lg  403 403 404 ok  404 404 404 403 403 403 403 403 403 403 403 403 403 403
relay_withdraw                          lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST relay                              lg  403 403 404 ok  404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST relay_withdraw                     lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST hand_over                          lg  403 403 ok  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST stand_in                           lg  403 403 ok  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST invite_member                      lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST renew_membership                   lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST end_membership                     lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST note_contact                       lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
"""

DECKS = """
decks                                   lg  ok  ok  ok  ok  ok  ok  ok  403 403 403 403 ok  ok  403 403 403 403 403
deck                                    lg  ok  ok  ok  ok  ok  ok  ok  403 403 403 403 ok  ok  403 403 403 403 403
file: deck                              404 ok  ok  ok  ok  ok  ok  ok  404 404 404 404 ok  ok  404 404 404 404 404
file: preview                           404 ok  ok  ok  ok  ok  ok  ok  404 404 404 404 ok  ok  404 404 404 404 404
"""

CANDIDATES_PAGE = """
candidate_page                          lg  ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 404 404 404 404
candidate_pdf                           lg  ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 404 404 404 404
company_candidates                      lg  403 403 403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403
company_candidate                       lg  403 403 403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403
candidate_reviews                       lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
candidate_review                        lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
candidate_review_approve                lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
candidate_review_send_back              lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
candidate_review_message                lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST candidate_review_approve           lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST candidate_review_send_back         lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST candidate_review_message           lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
file: portrait                          404 ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 404 404 404 404
file: nothing                           404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
file: no such kind                      404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""

# Asked for once an application says what a candidate's film is.
FILMS = """
my_page_video                           lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_page_video_born                      lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_video_captions                  lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
my_page_video_delete                    lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
candidate_film_help                     lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
candidate_film_approve                  lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
candidate_film_help_end                 lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
volunteer_video                         lg  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  404 403 403
volunteer_captions                      lg  403 403 403 403 403 403 403 403 403 403 403 403 403 403 go  404 403 403
POST my_page_video_delete               lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST candidate_film_approve             lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST candidate_film_help                lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST volunteer_captions                 lg  403 403 403 403 403 403 403 403 403 403 403 403 403 403 go  404 403 403
file: film                              404 ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 ok  404 404 404
file: poster                            404 ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 ok  404 404 404
file: captions                          404 ok  404 ok  404 ok  404 ok  404 404 ok  404 404 404 404 ok  404 404 404
"""

# What members have of their own: each only ever reaches their own, so that another member's is the same page.
OWN_PAGE = """
my_page                                 lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_page_start                           lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_presentation                    lg  go  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_search                          lg  go  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_skills                          lg  go  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_experiences                     lg  go  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_experience_add                  lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_experience                      lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_experience_order                lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_portrait                        lg  go  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
my_page_portrait_remove                 lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_preview                         lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_page_submit                          lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_take_back                       lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_message                         lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_consents                        lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_page_consent_withdraw_all            lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_consent_withdraw                lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
my_page_looks                           lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
my_page_look_object                     lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_page_consent_withdraw           lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_page_look_object                lg  ok  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
POST my_page_take_back                  lg  go  go  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
"""

# What prescribers book and read: each only ever reads of their own.
PRESCRIBERS = """
prescriber_sessions                     lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_session                      lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_bookings                     lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
prescriber_cancel                       lg  403 403 403 403 403 403 403 ok  404 403 403 403 403 403 403 403 403 403
prescriber_figures                      lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
figures                                 lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 ok  403 403 403 403 403
POST prescriber_session                 lg  403 403 403 403 403 403 403 ok  ok  403 403 403 403 403 403 403 403 403
POST prescriber_cancel                  lg  403 403 403 403 403 403 403 go  404 403 403 403 403 403 403 403 403 403
"""

# A counsellor's agenda: each reads only their own.
AGENDA = """
staff_diagnostic_slots                  lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST staff_diagnostic_slots             lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
agenda                                  lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
agenda_fix                              lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
availabilities                          lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
availability_change                     lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
availability_end                        lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
days_off_add                            lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
days_off_remove                         lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agenda_feed_make                        lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agenda_feed_revoke                      lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agenda_appointment                      lg  403 403 ok  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
agenda_move                             lg  403 403 ok  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
agenda_cancel                           lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agenda_mark                             lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST agenda_fix                         lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST availabilities                     lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST days_off_add                       lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST agenda_feed_make                   lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST agenda_feed_revoke                 lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST availability_change                lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST availability_end                   lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST days_off_remove                    lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST agenda_move                        lg  403 403 ok  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST agenda_cancel                      lg  403 403 go  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST agenda_mark                        lg  403 403 go  404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
"""

# Any counsellor runs a meeting in turn; nobody else reads who comes.
SHEETS = """
sheets                                  lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet                                   lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet_print                             lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet_walk_in                           lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet_book                              lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet_keep                              lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
presence                                lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
sheet_host                              lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
sheet_close                             lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
sheet_reopen                            lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
sheet_release                           lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
presence_mark                           lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
presence_confirm                        lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
presence_cancel                         lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
presence_space                          lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST sheet_host                         lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST sheet_close                        lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST sheet_reopen                       lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST presence                           lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST presence_mark                      lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST presence_confirm                   lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST presence_cancel                    lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST presence_space                     lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
POST sheet_release                      lg  403 403 404 404 404 404 404 403 403 403 403 403 403 403 403 403 403 403
POST sheet_walk_in                      lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST sheet_book                         lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST sheet_keep                         lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
"""

OWN_DATA = """
my_data                                 lg  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
my_data_complaint                       lg  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
ask_export                              lg  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
stop_sharing                            lg  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
file: export                            404 ok  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""

UPLOADS = """
upload_start                            lg  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
upload                                  lg  ok  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
upload_abandon                          lg  405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405 405
POST upload_abandon                     lg  ok  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""

EDITORS = """
draft page                              404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
document                                404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
media: document                         404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
media: film                             404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
media: original                         404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
admin                                   lg  403 403 403 403 403 403 403 403 403 403 403 ok  ok  403 403 403 403 403
admin: accounts                         lg  403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403 403
edit_collection                         lg  403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403 403
collection_privacy                      lg  403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403 403
admin: groups                           lg  403 403 403 403 403 403 403 403 403 403 403 403 ok  403 403 403 403 403
"""

# What a member and who accompanies them keep together: a finished diagnostic, its roadmap, a proposed agreement.
PATH = """
my_path                                 lg  ok  ok  403 403 403 403 403 403 403 403 403 403 403 403 403 403 ok  403
diagnostic                              lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
diagnostic_pdf                          lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
roadmap                                 lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
roadmap_pdf                             lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
agreement                               lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
agreement_pdf                           lg  ok  404 ok  404 ok  404 ok  404 404 404 404 404 404 404 404 404 404 404
diagnostic_write                        lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
roadmap_start                           lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
roadmap_write                           lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
agreement_write                         lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
diagnostic_start                        lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
diagnostic_answer                       lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
diagnostic_reopen                       lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agreement_start                         lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agreement_withdraw                      lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agreement_abandon                       lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
agreement_decline                       lg  405 405 403 403 403 403 403 403 403 403 403 403 403 403 403 403 405 403
POST diagnostic_answer                  lg  403 403 400 404 400 404 400 403 403 403 403 403 403 403 403 403 403 403
POST diagnostic_start                   lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST diagnostic_reopen                  lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST roadmap_start                      lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST agreement_start                    lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST agreement_abandon                  lg  403 403 go  404 go  404 go  403 403 403 403 403 403 403 403 403 403 403
POST diagnostic_write                   lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST roadmap_write                      lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST agreement_write                    lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST agreement_withdraw                 lg  403 403 ok  404 ok  404 ok  403 403 403 403 403 403 403 403 403 403 403
POST agreement_decline                  lg  go  404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 404 403
"""

# Members book them; counsellors and editors read them; who was a member is told that it is over.
MEMBER_EVENTS = """
member_events                           lg  ok  ok  ok  ok  ok  ok  ok  403 403 403 403 ok  ok  403 403 403 403 403
member_event                            lg  ok  ok  ok  ok  ok  ok  ok  403 403 403 403 ok  ok  403 403 403 403 403
member_event_book                       lg  405 405 405 405 405 405 405 403 403 403 403 405 405 403 403 403 403 403
meeting_guests                          lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
meeting_guest_remove                    lg  403 403 405 405 405 405 405 403 403 403 403 403 403 403 403 403 403 403
POST member_event_book                  lg  go  go  403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403
POST meeting_guests                     lg  403 403 ok  ok  ok  ok  ok  403 403 403 403 403 403 403 403 403 403 403
POST meeting_guest_remove               lg  403 403 go  go  go  go  go  403 403 403 403 403 403 403 403 403 403 403
"""

ALL = [
    *(part.ROWS for part in (signing, counsellor, member, prescriber, treasury, printed)),
    SPACES,
    MEMBER_EVENTS,
    PATH,
    MEMBERS_RECORD,
    DECKS,
    CANDIDATES_PAGE,
    OWN_PAGE,
    PRESCRIBERS,
    AGENDA,
    SHEETS,
    OWN_DATA,
    UPLOADS,
    EDITORS,
    FILMS,
]
ROWS = {
    line[:40].strip(): dict(zip(PEOPLE, line[40:].split(), strict=True))
    for part in ALL
    for line in part.strip().splitlines()
}
# One's own account: whoever has one reaches it, and only theirs.
OWN_ACCOUNT = {"erase_me", "account_email", "account_change_password", "usersessions_list", "mfa_index", "account"}
