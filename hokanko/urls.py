"""Site map: every address and its page, in reading order."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from hokanko.audit import attest_pages, calendar_pages
from hokanko.audit import board_pages as board
from hokanko.audit import pages as audit
from hokanko.backup import pages as storage
from hokanko.cameras import (
    arrange_pages,
    boards,
    coming,
    device_pages,
    lock_pages,
    marking,
    places,
    profile_pages,
    scale_pages,
    sheet_pages,
    siting,
)
from hokanko.cameras import pages as cameras
from hokanko.cameras import printing as camera_papers
from hokanko.cases import doubt_pages as doubts
from hokanko.cases import pages as cases
from hokanko.cases import urgent_pages as urgent
from hokanko.coverage import pages as coverage
from hokanko.dock import wall_pages as wall
from hokanko.editions import household_pages, matrix_pages, printing, setup
from hokanko.editions import pages as editions
from hokanko.footage import consent_pages
from hokanko.footage import pages as footage
from hokanko.headquarters import pages as headquarters
from hokanko.headquarters import published
from hokanko.imports import pages as imports
from hokanko.intake import pages as intake
from hokanko.live import pages as live
from hokanko.people import cards, firms, handouts, leaving, letters, own, terminals
from hokanko.people import kept_pages as kept
from hokanko.people import pages as people
from hokanko.people import password_pages as password
from hokanko.people import remote_pages as remote
from hokanko.people import second_pages as second
from hokanko.provision import mask_pages, media_pages, paper_pages, stage_pages, still_pages
from hokanko.provision import pages as provision
from hokanko.provision.counter import bring, consent
from hokanko.provision.register import register
from hokanko.provision.turn_pages import revise, send_back, withdraw
from hokanko.public import notices
from hokanko.public import pages as public
from hokanko.recorder import connecting, now_pages, veil_pages
from hokanko.recorder import watcher_pages as watchers
from hokanko.retention import case_pages as erasing
from hokanko.retention import pages as retention
from hokanko.retention import space_pages as space
from hokanko.rules import pages as rules
from hokanko.shifts import desk
from hokanko.shifts import pages as shifts
from hokanko.timekeeping import pages as timekeeping
from hokanko.viewing import pages as viewing
from hokanko.viewing import phone_pages as phone
from hokanko.viewing import room_pages as rooms
from hokanko.viewing import stretch_pages as stretches
from hokanko.viewing import turn_pages as turns
from hokanko.web import exports, home, ledger

urlpatterns: list[URLPattern | URLResolver] = [
    # web: today's work, and the language of the pages
    path("", home.today, name="web.home"),
    path("language/", login_not_required(set_language), name="web.language"),
    # timekeeping: confirming the clock after a leap
    path("clock/confirm/", timekeeping.confirm, name="timekeeping.confirm"),
    # people: the door, one's own page, the roster, cards, terminals
    path("login/", own.login, name="people.login"),
    path("login/code/", second.code, name="people.code"),
    path("login/setup/", second.first, name="people.first_factor"),
    path("login/kept/", kept.offered, name="people.kept"),
    path("logout/", own.logout, name="people.logout"),
    path("me/", own.me, name="people.me"),
    path("me/password/", password.change, name="people.password"),
    path("me/leave-everywhere/", password.leave_everywhere, name="people.leave_everywhere"),
    path("me/factor/", second.own, name="people.factor"),
    path("me/factor/off/", second.take_off, name="people.factor_off"),
    path("people/", people.roster, name="people.roster"),
    path("people/at/<str:code>/", people.roster, name="people.roster_at"),
    path("people/at/<str:code>/register/", people.register, name="people.register"),
    path("people/<uuid:pk>/", people.one, name="people.one"),
    path("people/<uuid:pk>/appoint/", people.appoint, name="people.appoint"),
    path("people/<uuid:pk>/train/", people.train, name="people.train"),
    path("people/<uuid:pk>/swear/", people.swear, name="people.swear"),
    path("people/<uuid:pk>/retire/", people.retire, name="people.retire"),
    path("people/<uuid:pk>/factor/clear/", second.clear, name="people.clear_factor"),
    path("remote/", remote.shown, name="people.remote"),
    path("remote/at/<str:code>/", remote.shown, name="people.remote_at"),
    path("remote/at/<str:code>/open/", remote.turn_on, name="people.remote_open"),
    path("remote/at/<str:code>/close/", remote.turn_off, name="people.remote_close"),
    path("people/posts/<int:pk>/dismiss/", people.dismiss, name="people.dismiss"),
    path("people/<uuid:pk>/remind/", leaving.remind, name="people.remind"),
    path("people/at/<str:code>/review/", leaving.review, name="people.review"),
    path("people/at/<str:code>/position/", leaving.succeed, name="people.succeed"),
    path("people/read/", own.read_rules, name="people.read"),
    path("contractors/", firms.listing, name="people.firms"),
    path("contractors/at/<str:code>/", firms.listing, name="people.firms_at"),
    path("contractors/<uuid:pk>/", firms.one, name="people.firm"),
    path("contractors/<uuid:pk>/paper/", firms.document, name="people.firm_document"),
    path("contractors/<uuid:pk>/engage/", firms.engage, name="people.firm_engage"),
    path("contractors/<uuid:pk>/order/", firms.order, name="people.firm_order"),
    path("contractors/<uuid:pk>/end/", firms.end, name="people.firm_end"),
    path("contractors/paper/<uuid:pk>/", firms.scanned, name="people.firm_scan"),
    path("people/<uuid:pk>/card/", cards.issue, name="people.card"),
    path("people/<uuid:pk>/card/revoke/", cards.revoke, name="people.revoke_card"),
    path("people/at/<str:code>/cards.pdf", cards.sheet, name="people.cards_pdf"),
    path("people/<uuid:pk>/card.pdf", cards.printed, name="people.card_pdf"),
    path("terminals/", terminals.shelf, name="people.terminals"),
    path("terminals/at/<str:code>/", terminals.shelf, name="people.terminals_at"),
    path("terminals/<uuid:pk>/retire/", terminals.retire, name="people.terminal_retire"),
    path("terminals/<uuid:pk>/move/", terminals.move, name="people.terminal_move"),
    path("terminals/<uuid:pk>/wire/", terminals.wire, name="people.terminal_wire"),
    path("terminal/enrol/<uuid:pk>/<str:code>/", terminals.enrol, name="people.enrol"),
    # cameras: the rack
    path("cameras/", cameras.rack, name="cameras.rack"),
    path("cameras/at/<str:code>/", cameras.rack, name="cameras.rack_at"),
    path("cameras/at/<str:code>/coming/", coming.listing, name="cameras.coming"),
    path("cameras/at/<str:code>/register/", cameras.register, name="cameras.register"),
    path("cameras/<uuid:pk>/issue/", cameras.issue, name="cameras.issue"),
    path("cameras/<uuid:pk>/password/", lock_pages.password, name="cameras.password"),
    path("cameras/<uuid:pk>/profile/", profile_pages.profile, name="cameras.profile"),
    # cameras: one fixed camera, from its place to its removal
    path("cameras/<uuid:pk>/", siting.show, name="cameras.one"),
    path("cameras/<uuid:pk>/site/", siting.site, name="cameras.siting"),
    path("cameras/<uuid:pk>/purpose/", siting.purpose, name="cameras.purpose"),
    path("cameras/<uuid:pk>/mounted.jpg", siting.mounted_picture, name="cameras.mounted"),
    path("cameras/<uuid:pk>/removed.jpg", siting.removal_picture, name="cameras.removal_photo"),
    path("cameras/<uuid:pk>/frame/", siting.sample, name="cameras.sample"),
    path("cameras/<uuid:pk>/frame.jpg", siting.picture, name="cameras.picture"),
    path("cameras/<uuid:pk>/outside/", marking.outside, name="cameras.outside"),
    path("cameras/<uuid:pk>/confirm/", siting.confirm, name="cameras.confirm"),
    path("cameras/<uuid:pk>/activate/", siting.activate, name="cameras.activate"),
    path("cameras/<uuid:pk>/device/", device_pages.device, name="cameras.device"),
    path("cameras/<uuid:pk>/examine/", device_pages.examine, name="cameras.examine"),
    path("cameras/<uuid:pk>/reboot/", device_pages.reboot, name="cameras.reboot"),
    path("cameras/<uuid:pk>/snapshot/", device_pages.snapshot, name="cameras.snapshot"),
    path("cameras/<uuid:pk>/end/", siting.end, name="cameras.end"),
    path("cameras/<uuid:pk>/remove/", siting.remove, name="cameras.remove"),
    # cameras: what is recorded, what is missing, what is planned off
    path("recordings/", coverage.listing, name="coverage.months"),
    path("recordings/at/<str:code>/", coverage.listing, name="coverage.months_at"),
    path("cameras/<uuid:pk>/recording/", coverage.one_camera, name="coverage.camera"),
    path("cameras/<uuid:pk>/off/", coverage.plan, name="coverage.plan"),
    path("cameras/off/<uuid:pk>/drop/", coverage.drop, name="coverage.drop"),
    # cameras: sites with their placement maps, and signs
    path("sites/", places.listing, name="cameras.sites"),
    path("sites/at/<str:code>/", places.listing, name="cameras.sites_at"),
    path("sites/<uuid:pk>/", places.show, name="cameras.site"),
    path("sites/<uuid:pk>/sheets/", sheet_pages.add, name="cameras.add_sheet"),
    path("sheets/<uuid:pk>/", sheet_pages.describe, name="cameras.sheet"),
    path("sheets/<uuid:pk>/scale/", scale_pages.scale, name="cameras.scale"),
    path("sheets/<uuid:pk>/map.png", sheet_pages.base_map, name="cameras.sheet_map"),
    path("sheets/<uuid:pk>/map/", sheet_pages.lay_map, name="cameras.lay_map"),
    path("sheets/<uuid:pk>/drop/", sheet_pages.drop, name="cameras.drop_sheet"),
    path("sites/<uuid:pk>/arrange/", arrange_pages.arrange, name="cameras.arrange"),
    path("sites/<uuid:pk>/entrances/", places.entrances, name="cameras.entrances"),
    path("sites/<uuid:pk>/close/", places.close, name="cameras.close_site"),
    path("sites/<uuid:pk>/closed/", places.closed, name="cameras.closed"),
    path("sites/<uuid:pk>/closed.jpg", places.closing_photo, name="cameras.closing_photo"),
    path("sites/<uuid:pk>/sign/", boards.post_sign, name="cameras.post_sign"),
    path("sites/<uuid:pk>/plan/", boards.plan_sign, name="cameras.plan_sign"),
    path("signs/", boards.listing, name="cameras.signs"),
    path("signs/at/<str:code>/", boards.listing, name="cameras.signs_at"),
    path("signs/<uuid:pk>/photo.jpg", boards.photo, name="cameras.sign_photo"),
    path("signs/<uuid:pk>/removed.jpg", boards.removal_photo, name="cameras.sign_removal_photo"),
    path("signs/<uuid:pk>/hang/", boards.hang, name="cameras.hang_sign"),
    path("signs/<uuid:pk>/move/", boards.move, name="cameras.move_sign"),
    path("signs/<uuid:pk>/drop/", boards.drop, name="cameras.drop_sign"),
    path("signs/<uuid:pk>/remove/", boards.remove, name="cameras.remove_sign"),
    # intake
    path("intake/", intake.arrivals, name="intake.arrivals"),
    path("intake/upload/", intake.upload, name="intake.upload"),
    path("intake/settle/<str:number>/", intake.settle, name="intake.settle"),
    # imports of other recorders and cards
    path("imports/", imports.listing, name="imports.list"),
    path("imports/new/", imports.begin, name="imports.begin"),
    path("imports/<str:lot>/", imports.one, name="imports.one"),
    path("imports/<str:lot>/state/", imports.state, name="imports.state"),
    path("imports/<str:lot>/end/", imports.end, name="imports.end"),
    path("imports/<str:lot>/photo/", imports.photo, name="imports.photo"),
    path("dock/<str:code>/wall/", wall.wall, name="dock.wall"),
    path("dock/<str:code>/wall/live/", wall.live, name="dock.wall_live"),
    # live: cameras watched as they are
    path("live/", live.choose, name="live.choose"),
    path("live/at/<str:code>/", live.choose, name="live.choose_at"),
    path("live/begin/", live.begin, name="live.begin"),
    path("live/<uuid:sitting>/", live.room, name="live.room"),
    path("live/<uuid:sitting>/end/", live.end, name="live.end"),
    path("live/pictures/<uuid:pk>/", live.pictures, name="live.pictures"),
    # recorder: what comes from network cameras
    path("cameras/<uuid:pk>/mask/", veil_pages.veil_page, name="recorder.veil"),
    path("cameras/<uuid:pk>/connect/", connecting.connect_page, name="recorder.connect"),
    path("recordings/now/", now_pages.mine, name="recorder.now"),
    path("recordings/now/at/<str:code>/", now_pages.now, name="recorder.now_at"),
    path("recordings/now/at/<str:code>/live/", now_pages.live, name="recorder.now_live"),
    path("recordings/watchers/", watchers.listing, name="recorder.watchers"),
    path("recordings/watchers/at/<str:code>/", watchers.listing, name="recorder.watchers_at"),
    path("recordings/watchers/<uuid:pk>/drop/", watchers.drop, name="recorder.drop_watcher"),
    path("recordings/watchers/<uuid:pk>/try/", watchers.trial, name="recorder.try_watcher"),
    # footage: the list, and the whole life of one piece
    path("footage/", footage.listing, name="footage.list"),
    path("footage/at/<str:code>/", footage.listing, name="footage.list_at"),
    path("footage/<uuid:footage_id>/", footage.life, name="footage.life"),
    path("footage/consents/", consent_pages.listing, name="footage.consents"),
    path("footage/consents/<uuid:pk>/", consent_pages.one, name="footage.consent"),
    path("footage/consents/<uuid:pk>/paper/", consent_pages.paper, name="footage.consent_paper"),
    # viewing: asking, deciding, and the room
    path("viewing/", viewing.listing, name="viewing.list"),
    path("viewing/ask/", viewing.ask, name="viewing.ask"),
    path("timeline/", stretches.timeline_page, name="viewing.timeline"),
    path("timeline/at/<str:code>/", stretches.timeline_page, name="viewing.timeline_at"),
    path("viewing/stretch/", stretches.ask_page, name="viewing.stretch"),
    path("viewing/<uuid:viewing_id>/", rooms.room, name="viewing.room"),
    path("viewing/<uuid:viewing_id>/decide/", viewing.decide, name="viewing.decide"),
    path("viewing/<uuid:viewing_id>/send-back/", turns.send_back, name="viewing.send_back"),
    path("viewing/<uuid:viewing_id>/revise/", turns.revise, name="viewing.revise"),
    path("viewing/<uuid:viewing_id>/withdraw/", turns.withdraw, name="viewing.withdraw"),
    path("viewing/<uuid:viewing_id>/attend/", rooms.attend, name="viewing.attend"),
    path("viewing/<uuid:viewing_id>/open/", rooms.open_room, name="viewing.open"),
    path("viewing/<uuid:viewing_id>/beat/", rooms.beat, name="viewing.beat"),
    path("viewing/<uuid:viewing_id>/confirm/", rooms.confirm, name="viewing.confirm"),
    path("viewing/<uuid:viewing_id>/leave/", rooms.leave, name="viewing.leave"),
    path("viewing/<uuid:viewing_id>/code/", phone.code, name="viewing.code"),
    path("viewing/<uuid:viewing_id>/phone/", phone.held, name="viewing.phone"),
    path("viewing/<uuid:viewing_id>/phone/confirm/", phone.confirm, name="viewing.phone_confirm"),
    path("viewing/<uuid:viewing_id>/phone/leave/", phone.leave, name="viewing.phone_leave"),
    path("viewing/<uuid:viewing_id>/scan/<slug:code>/", phone.scan, name="viewing.scan"),
    path("viewing/<uuid:viewing_id>/part/", rooms.part_of, name="viewing.part"),
    path("viewing/<uuid:viewing_id>/small/", stretches.small_picture, name="viewing.small"),
    path("viewing/<uuid:viewing_id>/scene/", rooms.mark, name="viewing.mark"),
    path("viewing/<uuid:viewing_id>/close/", rooms.close, name="viewing.close"),
    # provision
    path("provision/", provision.desk, name="provision.list"),
    path("provision/ask/", provision.ask, name="provision.ask"),
    path("provision/papers/<uuid:pk>/", paper_pages.enclosed, name="provision.enclosed"),
    path("provision/register/", register, name="provision.register"),
    path("provision/media/", media_pages.listing, name="provision.media"),
    path("provision/media/<uuid:pk>/", media_pages.one, name="provision.medium"),
    path("provision/<str:number>/", provision.show, name="provision.show"),
    path("provision/<str:number>/consent/", consent, name="provision.consent"),
    path("provision/<str:number>/state.json", provision.state, name="provision.state"),
    path("provision/<str:number>/decide/", stage_pages.decide, name="provision.decide"),
    path("provision/<str:number>/send-back/", send_back, name="provision.send_back"),
    path("provision/<str:number>/revise/", revise, name="provision.revise"),
    path("provision/<str:number>/withdraw/", withdraw, name="provision.withdraw"),
    path("provision/<str:number>/enter/", stage_pages.enter, name="provision.enter"),
    path("provision/<str:number>/reopen/", stage_pages.reopen, name="provision.reopen"),
    path(
        "provision/<str:number>/masks/<int:file_id>/picture.jpg",
        mask_pages.picture,
        name="provision.mask_picture",
    ),
    path(
        "provision/<str:number>/masks/<int:file_id>/masked.jpg",
        mask_pages.masked_picture,
        name="provision.masked_picture",
    ),
    path("provision/<str:number>/masks/<int:file_id>/", mask_pages.masks, name="provision.masks"),
    path(
        "provision/<str:number>/masks/<int:file_id>/still/<int:at_ms>/",
        still_pages.still_masks,
        name="provision.still_masks",
    ),
    path(
        "provision/<str:number>/masks/<int:file_id>/still/<int:at_ms>/picture.jpg",
        still_pages.still_picture,
        name="provision.still_picture",
    ),
    path(
        "provision/<str:number>/masks/<int:file_id>/still/<int:at_ms>/masked.png",
        still_pages.masked_still_picture,
        name="provision.masked_still",
    ),
    path("provision/<str:number>/hand-over/", stage_pages.hand_over, name="provision.hand"),
    path("provision/<str:number>/paper/", bring, name="provision.bring"),
    path("provision/<str:number>/report/", stage_pages.report, name="provision.report"),
    path(
        "provision/<str:number>/acknowledge/", stage_pages.acknowledge, name="provision.acknowledge"
    ),
    path("provision/<str:number>/<slug:which>.pdf", paper_pages.paper, name="provision.paper"),
    # retention
    path("retention/", retention.calendar, name="retention.calendar"),
    path("retention/at/<str:code>/", retention.calendar, name="retention.calendar_at"),
    path("retention/certificates/", retention.certificates, name="retention.certificates"),
    path(
        "retention/certificates/at/<str:code>/",
        retention.certificates,
        name="retention.certificates_at",
    ),
    path(
        "retention/certificates/<uuid:erasure>.<slug:form>",
        retention.certificate,
        name="retention.certificate",
    ),
    path("retention/extend/", retention.extend, name="retention.extend"),
    path("retention/erase/<str:number>/", retention.erase, name="retention.erase"),
    path("retention/cases/", erasing.cases, name="retention.cases"),
    path("retention/cases/at/<str:code>/", erasing.cases, name="retention.cases_at"),
    path("retention/cases/ask/", erasing.ask, name="retention.ask"),
    path("retention/cases/<uuid:case>/second/", erasing.second, name="retention.second"),
    path("retention/cases/<uuid:case>/", erasing.case, name="retention.case"),
    path("retention/cases/<uuid:case>/decide/", erasing.decide, name="retention.decide"),
    path("retention/space/", space.meter, name="retention.space"),
    path("retention/space/at/<str:code>/", space.meter, name="retention.space_at"),
    # storage places: where copies may lie
    path("storage/", storage.shelf, name="backup.places"),
    path("storage/at/<str:code>/", storage.shelf, name="backup.places_at"),
    path("storage/<uuid:pk>/withdraw/", storage.withdraw, name="backup.withdraw_place"),
    # cases: complaints, enquiries, requests of filmed persons, incidents
    path("cases/", cases.listing, name="cases.list"),
    path("cases/at/<str:code>/", cases.listing, name="cases.list_at"),
    path("cases/open/<slug:kind>/", cases.receive, name="cases.open"),
    path("cases/<uuid:case>/", cases.show, name="cases.show"),
    path("cases/<uuid:case>/act/", cases.act, name="cases.act"),
    path("cases/<uuid:case>/link/", cases.link, name="cases.link"),
    path("cases/<uuid:case>/close/", cases.close, name="cases.close"),
    path("cases/<uuid:case>.pdf", cases.paper, name="cases.paper"),
    path("cases/incidents/", urgent.incidents, name="cases.incidents"),
    path("cases/<uuid:case>/report/", urgent.report, name="cases.report"),
    path("cases/<uuid:case>/receive/", urgent.receive, name="cases.receive_report"),
    path("cases/<uuid:case>/report-<int:leg>.pdf", urgent.paper, name="cases.report_pdf"),
    path("cases/doubts/", doubts.listing, name="cases.doubts"),
    path("cases/doubts/ask/<str:clause>/", doubts.ask, name="cases.ask_doubt"),
    path("cases/doubts/<uuid:doubt_id>/", doubts.show, name="cases.doubt"),
    path("cases/doubts/<uuid:doubt_id>/tell/", doubts.tell, name="cases.tell_doubt"),
    path("cases/doubts/<uuid:doubt_id>/answer/", doubts.answer, name="cases.answer_doubt"),
    # shifts: the check-out desk and the count of cameras
    path("desk/", desk.register, name="shifts.desk"),
    path("desk/at/<str:code>/", desk.register, name="shifts.desk_at"),
    path("desk/count/", desk.shift_check, name="shifts.count"),
    path("desk/count/at/<str:code>/", desk.shift_check, name="shifts.count_at"),
    path("cameras/<uuid:pk>/return/", desk.bring_back, name="shifts.return"),
    path("cameras/<uuid:pk>/lost/", desk.report_lost, name="shifts.lost"),
    path("cameras/<uuid:pk>/found/", desk.found_again, name="shifts.found"),
    path("cameras/<uuid:pk>/repair/", desk.repair, name="shifts.repair"),
    # shifts: what a unit explains around its cameras
    path("shifts/", shifts.listing, name="shifts.list"),
    path("shifts/at/<str:code>/", shifts.listing, name="shifts.list_at"),
    path("shifts/<uuid:pk>/", shifts.show, name="shifts.show"),
    path("shifts/<uuid:pk>/explain/", shifts.explain, name="shifts.explain"),
    path("shifts/<uuid:pk>/mark/", shifts.mark, name="shifts.mark"),
    path("shifts/<uuid:pk>/close/", shifts.close, name="shifts.close"),
    path("shifts/consent/<uuid:pk>/", shifts.consent, name="shifts.consent"),
    path("shifts/month/", shifts.month, name="shifts.month"),
    path("shifts/month/at/<str:code>/", shifts.month, name="shifts.month_at"),
    path("shifts/premises/", shifts.premises, name="shifts.premises"),
    path("shifts/premises/at/<str:code>/", shifts.premises, name="shifts.premises_at"),
    path("shifts/premises/<uuid:pk>/end/", shifts.end_premises, name="shifts.end_premises"),
    # public: what anybody may read, and where it is written
    path("notice/<str:code>/", login_not_required(notices.notice), name="public.notice"),
    path("notices/", public.listing, name="public.notices"),
    path("notices/at/<str:code>/", public.listing, name="public.notices_at"),
    path("notices/at/<str:code>/publish/", public.publish_whole, name="public.publish_whole"),
    path("notices/at/<str:code>/consult/", public.consult, name="public.consult"),
    path("notices/<uuid:site>/", public.publish, name="public.publish"),
    path("notices/<uuid:site>/preview/", public.preview, name="public.preview"),
    path("notices/<uuid:site>/withdraw/", public.withdraw, name="public.withdraw"),
    path("numbers/", public.numbers, name="public.numbers"),
    path("numbers/at/<str:code>/<int:year>/", public.numbers, name="public.numbers_at"),
    path("numbers/at/<str:code>/<int:year>.<slug:form>", public.table, name="public.table"),
    # headquarters: numbers of all units, the project's days, reports; the published, without login
    path("headquarters/", headquarters.numbers, name="headquarters.numbers"),
    path("headquarters/at/<str:code>/", headquarters.numbers, name="headquarters.numbers_at"),
    path(
        "headquarters/at/<str:code>/statistics.<slug:form>",
        headquarters.table,
        name="headquarters.table",
    ),
    path("headquarters/at/<str:code>/project/", headquarters.days, name="headquarters.project"),
    path("headquarters/at/<str:code>/reports/", headquarters.reports, name="headquarters.reports"),
    path(
        "headquarters/at/<str:code>/reports/<slug:kind>/",
        headquarters.draft,
        name="headquarters.draft",
    ),
    path("headquarters/reports/<uuid:pk>/", headquarters.report, name="headquarters.report"),
    path("headquarters/reports/<uuid:pk>/issue/", headquarters.issue, name="headquarters.issue"),
    path("headquarters/reports/<uuid:pk>.pdf", headquarters.paper, name="headquarters.paper"),
    path(
        "published/<str:code>/", login_not_required(published.page), name="headquarters.published"
    ),
    path(
        "published/<str:code>/numbers.<slug:form>",
        login_not_required(published.numbers),
        name="headquarters.published_numbers",
    ),
    # audit: the clause board, and the registers of evidence
    path("board/", board.whole, name="audit.board"),
    path("board/at/<str:code>/", board.whole, name="audit.board_at"),
    path("board/calendar/", calendar_pages.calendar, name="audit.calendar"),
    path("board/at/<str:code>/calendar/", calendar_pages.calendar, name="audit.calendar_at"),
    path("board/at/<str:code>.json", board.table, name="audit.board_json"),
    path("board/at/<str:code>/<str:clause>/", board.clause, name="audit.clause"),
    path("registers/", audit.shelf, name="audit.registers"),
    path("registers/at/<str:code>/", audit.shelf, name="audit.registers_at"),
    path("registers/at/<str:code>/<slug:register>/", audit.register, name="audit.register"),
    path("registers/at/<str:code>/<slug:register>/enter/", audit.enter, name="audit.enter"),
    path("evidence/<uuid:pk>/", audit.entry, name="audit.entry"),
    path("evidence/<uuid:pk>/confirm/", attest_pages.confirm, name="audit.confirm"),
    path(
        "evidence/<uuid:pk>/certificate.<slug:form>",
        attest_pages.certificate,
        name="audit.certificate",
    ),
    path("evidence/<uuid:pk>/withdraw/", audit.withdraw, name="audit.withdraw"),
    path("evidence/<uuid:pk>/picture/", audit.picture, name="audit.picture"),
    path("evidence/<uuid:pk>/download/", audit.download, name="audit.download"),
    # rules: the rulebook, clause by clause, and as printed
    path("rules/", rules.clauses, name="rules.book"),
    path("rules/text/", rules.printed, name="rules.text"),
    # papers: the rules to print, maps and signs, letters, registers, the year's report
    path("rules/paper.<slug:form>", printing.rules, name="editions.paper"),
    path("rules/at/<str:code>/paper.<slug:form>", printing.rules, name="editions.paper_at"),
    path("cameras/at/<str:code>/map.pdf", camera_papers.placement, name="cameras.map_pdf"),
    path("sites/<uuid:pk>/map.pdf", camera_papers.site_map, name="cameras.site_map_pdf"),
    path("sites/<uuid:pk>/sign-<slug:size>.pdf", camera_papers.sign, name="cameras.sign_pdf"),
    path("people/posts/<int:pk>/letter.pdf", letters.appointed, name="people.letter_pdf"),
    path("people/<uuid:pk>/oath.pdf", letters.sworn, name="people.oath_pdf"),
    path("people/<uuid:pk>/quiz.pdf", letters.questioned, name="people.quiz_pdf"),
    path("people/oaths/<int:pk>/", letters.signed, name="people.oath_scan"),
    path("people/reminders/<int:pk>/", handouts.acknowledged, name="people.reminder_scan"),
    path("people/<uuid:pk>/reminder.pdf", handouts.reminded, name="people.reminder_pdf"),
    path("contractors/<uuid:pk>/rules.pdf", handouts.entrusted, name="people.firm_pdf"),
    path("cameras/at/<str:code>/briefing.pdf", handouts.explained, name="people.briefing_pdf"),
    path("papers/", exports.index, name="web.papers"),
    path("papers/at/<str:code>/", exports.index, name="web.papers_at"),
    path("papers/at/<str:code>/report.pdf", exports.yearly_report, name="web.report"),
    path("papers/at/<str:code>/<slug:which>.<slug:form>", exports.register_of, name="web.register"),
    # editions: the set-up wizard, drafting, comparing, signing, and who may do what
    path("setup/", setup.ask, name="editions.setup"),
    path("setup/household/", household_pages.ask, name="editions.household"),
    path("setup/<slug:rulebook>/", setup.found, name="editions.setup_at"),
    path("editions/", editions.listing, name="editions.list"),
    path("editions/at/<str:code>/", editions.listing, name="editions.list_at"),
    path("editions/at/<str:code>/draft/", editions.draft, name="editions.draft"),
    path("editions/at/<str:code>/matrix/", matrix_pages.powers, name="editions.matrix_at"),
    path("editions/<int:pk>/", editions.one, name="editions.one"),
    path("editions/<int:pk>/sign/", editions.sign, name="editions.sign"),
    # ledger
    path("ledger/", ledger.lines, name="web.ledger"),
    path("ledger/at/<str:code>/", ledger.lines, name="web.ledger_at"),
]

handler400 = "hokanko.web.faults.garbled"
handler403 = "hokanko.web.faults.barred"
handler404 = "hokanko.web.faults.lost"
handler500 = "hokanko.web.faults.broken"
