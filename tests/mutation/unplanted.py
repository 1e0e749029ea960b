"""The checks that no planted fault is made for, by the reason why."""

ODD = "Which odd input an app fails at differs: there is no one fault to plant in all of them."
CHANCE = "It shows now and then only, when two requests meet."
LOAD = "It takes another server or another load than a trial has."
OWN = "One of the frameworks does not allow the fault."
ANOTHER = "Whatever breaks it breaks a check before it, for which a fault is planted."

UNPLANTED = {
    "hello.odd-addresses-never-crash": ODD,
    "routes.odd-requests-for-books-never-crash": ODD,
    "routes.odd-searches-never-crash": ODD,
    "database.odd-ids-are-no-reviews": ODD,
    "async.odd-ids-have-no-offers": ODD,
    "jobs.odd-ids-are-no-imports": ODD,
    "validation.null-characters-never-crash": ODD,
    "validation.huge-numbers-never-crash": ODD,
    "validation.other-encodings-never-crash": ODD,
    "validation.strange-content-types-never-crash": ODD,
    "validation.random-books-never-crash": ODD,
    "database.odd-reviews-never-crash": ODD,
    "pages.odd-forms-never-crash": ODD,
    "auth.odd-accounts-never-crash": ODD,
    "pages.odd-parts-of-a-book-never-crash": ODD,
    "auth.odd-parts-of-an-account-never-crash": ODD,
    "auth.odd-parts-of-a-review-never-crash": ODD,
    "admin.odd-parts-of-the-admin-never-crash": ODD,
    "jobs.odd-files-never-crash": ODD,
    "model.odd-texts-never-crash": ODD,
    "database.saving-a-review-may-race-with-deleting": CHANCE,
    "database.changing-a-book-may-race-with-deleting": CHANCE,
    "auth.one-username-signs-up-once": CHANCE,
    "async.twenty-clients-are-answered": LOAD,
    "async.slow-shops-block-nobody": LOAD,
    "live.clients-that-do-not-read-hold-nobody-up": LOAD,
    "live.crowds-starve-nobody": LOAD,
    "jobs.several-imports-are-all-done": LOAD,
    "jobs.imports-hold-nobody-up": LOAD,
    "jobs.cut-off-imports-say-so": LOAD,
    "deploy.production-stops-in-spite-of-listeners": LOAD,
    "deploy.crowds-starve-nobody-in-production": LOAD,
    "validation.large-books-are-refused": OWN,
    "database.a-new-book-has-no-reviews": OWN,
    "pages.the-form-needs-its-cookie": OWN,
    "auth.made-up-cookies-are-refused": OWN,
    "auth.forged-calls-store-nothing": OWN,
    "deploy.members-use-it-in-production": OWN,
    "deploy.the-admin-has-its-files": OWN,
    "validation.conversions-keep-the-kind": ANOTHER,
    "validation.random-unicode-survives": ANOTHER,
    "validation.plain-utf8-is-read-too": ANOTHER,
    "database.averages-follow-changes-and-deletions": ANOTHER,
}
