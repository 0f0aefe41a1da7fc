"""Who gets what at every address of the system: written by hand from DOMAIN §9 and the table of roles.

A row: view, object, outcome of GET, outcome of POST; columns of a row are parted by two spaces or more.
An outcome has a letter for each reader, in the order of `READERS`:

    p public, n signed in without a role · a administrator, c coordinator, y analyst ·
    v validator, f focal point, d deputy of the validator (these three of the institution concerned) ·
    s supporting institution · V validator, F focal point of another institution · o observer ·
    h national human rights institution, k civil society

    2  200                     L  redirect to the sign-in page
    F  403                     R  redirect, and the act is in the history: done
    4  404                     r  let in, nothing recorded: a form comes back, or a redirect
    5  405                     1  401
    -  not asked

Every letter but R also says that nothing was recorded.
"""

READERS = (
    "public", "norole",
    "administrator", "coordinator", "analyst",
    "validator", "focal", "deputy",
    "support",
    "other_validator", "other_focal",
    "observer",
    "nhri", "civil",
)  # fmt: skip

# The only answers of which a copy may be kept, by a browser or a proxy: what is public, asked for again each
# time, and the picture of a page in the import. All others say that they may not (`private, no-store`).
KEPT = (
    "portal-robots", "portal-sitemap", "api:public-", "portal:home", "portal:list", "portal:detail", "portal:feed",
    "portal:file", "portal:voices-", "portal:indicators-", "portal:programme", "portal:consultation", "portal:rule",
    "intake:picture",
)  # fmt: skip

# Outcomes that come again and again, by name.
SHORT = {
    #                 pn acy vfd s VF o hk
    "open":          "22 222 222 2 22 2 22",
    "people":        "L2 222 222 2 22 2 22",
    "roles":         "L4 222 222 2 22 2 22",
    "closed":        "44 444 444 4 44 4 44",
    "no-method":     "L5 555 555 5 55 5 55",
    "no-method-open": "55 555 555 5 55 5 55",
    "anybody":       "rr rrr rrr r rr r rr",
    "anyone-in":     "Lr rrr rrr r rr r rr",
    "refused-in":    "LF FFF FFF F FF F FF",
    "nothing-in":    "L4 444 444 4 44 4 44",
    "administrator": "LF 2FF FFF F FF F FF",
    "inside":        "L4 444 222 4 44 4 44",
    "sent":          "L4 422 222 4 44 4 44",
    "validated":     "L4 222 222 2 44 2 44",
    "-":             "-- --- --- - -- - --",
}  # fmt: skip

TABLE = """
view                              object         GET                     POST

set_language                      -              anybody                 anybody
portal-robots                     -              open                    no-method-open
portal-sitemap                    -              open                    no-method-open
api:schema                        -              open                    no-method-open
api:public-recommendations        -              open                    no-method-open
api:public-recommendation         published      open                    no-method-open
api:public-recommendation         bare           closed                  -
api:public-recommendation         withdrawn      closed                  -
api:recommendation-list           -              FF 222 222 2 22 2 22    FF 555 555 5 55 5 55
api:recommendation-detail         bare           FF 222 222 2 22 2 22    FF 555 555 5 55 5 55

api:public-voices                 -              open                    no-method-open
api:grade-list                    -              FF 222 222 2 22 2 22    FF 555 555 5 55 5 55
api:grade-detail                  grade          FF 222 222 2 22 2 22    FF 555 555 5 55 5 55
api:submission-list               -              FF 222 222 2 22 2 22    FF 555 555 5 55 5 55
api:submission-detail             submission-submitted  FF 422 444 4 44 4 24  FF 555 555 5 55 5 55
api:submission-detail             submission-refused  FF 422 444 4 44 4 24  -
api:submission-detail             submission-accepted  FF 222 222 2 22 2 22  -
api:question-list                 -              FF 222 222 2 22 2 22    FF 555 555 5 55 5 55
api:question-detail               question       FF 222 222 2 22 2 22    FF 555 555 5 55 5 55

portal:home                       -              open                    no-method-open
portal:list                       -              open                    no-method-open
portal:list-csv                   -              open                    no-method-open
portal:list-json                  -              open                    no-method-open
portal:voices-csv                 -              open                    no-method-open
portal:voices-json                -              open                    no-method-open
portal:indicators-csv             -              open                    no-method-open
portal:indicators-json            -              open                    no-method-open
portal:feed                       -              open                    no-method-open
portal:detail                     published      open                    no-method-open
portal:detail                     bare           closed                  -
portal:detail                     withdrawn      closed                  -
portal:file                       public-file    open                    no-method-open
portal:publications               -              L4 F22 FFF F FF F FF    no-method
portal:publications-csv           -              L4 F22 FFF F FF F FF    no-method
portal:publications-json          -              L4 F22 FFF F FF F FF    no-method
portal:publish-many               -              L4 FrF FFF F FF F FF    L4 FrF FFF F FF F FF
portal:programmes                 -              open                    no-method-open
portal:programmes-csv             -              open                    no-method-open
portal:programmes-json            -              open                    no-method-open
portal:programme                  public-plan    open                    no-method-open
portal:programme                  nothing-plan   closed                  -
portal:programme-csv              public-plan    open                    no-method-open
portal:programme-json             public-plan    open                    no-method-open
portal:programme-measure          public-measure  open                    no-method-open
portal:programme-indicators       public-plan     open                    no-method-open
portal:programme-indicators       nothing-plan    closed                  -
portal:programme-indicators-csv   public-plan     open                    no-method-open
portal:programme-indicators-json  public-plan     open                    no-method-open
portal:consultations              -              open                    no-method-open
portal:consultations-csv          -              open                    no-method-open
portal:consultations-json         -              open                    no-method-open
portal:consultation               asked          open                    no-method-open
portal:consultation               asked-before   open                    -
portal:consultation-csv           asked-before   open                    no-method-open
portal:consultation-json          asked-before   open                    no-method-open
portal:consultation-measure       asked-measure  open                    no-method-open
portal:consultation-measure       asked-before-measure  closed           -
portal:consultation-comment       asked-measure  anybody                 RR RRR RRR R RR R RR
portal:consultation-comment       asked-before-measure  -                closed
portal:publish-answers            asked-before   no-method               L4 FrF FFF 4 44 F 44
portal:publish-programme          plan-adopted   L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF
portal:withdraw-programme         plan-public    no-method               L4 FRF FFF F FF F FF
portal:publish                    bare           L4 F2F FFF F FF F FF    L4 FrF FFF F FF F FF
portal:publish                    published      L4 F2F FFF F FF F FF    L4 FrF FFF F FF F FF
portal:withdraw                   published      no-method               L4 FRF FFF F FF F FF

dashboards:home                   -              people                  no-method
dashboards:steering               -              LF 222 FF2 F FF 2 FF    no-method
dashboards:steering-pdf           -              LF 222 FF2 F FF 2 FF    no-method
dashboards:institutions           -              LF 222 FF2 F FF 2 FF    no-method
dashboards:institutions-csv       -              LF 222 FF2 F FF 2 FF    no-method
dashboards:institutions-json      -              LF 222 FF2 F FF 2 FF    no-method
dashboards:answers                -              LF 222 FF2 F FF 2 FF    no-method
dashboards:answers-csv            -              LF 222 FF2 F FF 2 FF    no-method
dashboards:answers-json           -              LF 222 FF2 F FF 2 FF    no-method
dashboards:moved                  -              LF 222 FF2 F FF 2 FF    no-method
dashboards:moved-csv              -              LF 222 FF2 F FF 2 FF    no-method
dashboards:moved-json             -              LF 222 FF2 F FF 2 FF    no-method
dashboards:due                    -              LF 222 FF2 F FF 2 FF    no-method
dashboards:due-csv                -              LF 222 FF2 F FF 2 FF    no-method
dashboards:due-json               -              LF 222 FF2 F FF 2 FF    no-method
sample:enter                      -              closed                  closed

accounts:people                   -              L4 222 222 2 22 4 44    no-method
accounts:people-csv               -              L4 222 222 2 22 4 44    no-method
accounts:people-json              -              L4 222 222 2 22 4 44    no-method
accounts:person                   own-person     L4 222 222 4 44 4 44    no-method
accounts:person                   other-person   L4 222 444 4 22 4 44    -
accounts:add-role                 own-person     no-method               L4 rFF FFF 4 44 4 44
accounts:add-deputy               own-person     no-method               L4 rFF FFF 4 44 4 44
accounts:close                    own-person     no-method               L4 RFF FFF 4 44 4 44
accounts:end-role                 membership     no-method               L4 RFF FFF 4 44 4 44
accounts:end-deputy               deputy         no-method               L4 RFF FFF 4 44 4 44
accounts:institutions             -              L4 222 222 2 22 4 44    no-method
accounts:institutions-csv         -              L4 222 222 2 22 4 44    no-method
accounts:institutions-json        -              L4 222 222 2 22 4 44    no-method
accounts:add-institution          -              L4 2FF FFF F FF 4 44    L4 rFF FFF F FF 4 44
accounts:institution              institution    L4 222 222 4 44 4 44    no-method
accounts:change-institution       institution    L4 2FF FFF 4 44 4 44    L4 rFF FFF 4 44 4 44
accounts:replace-institution      institution    no-method               L4 rFF FFF 4 44 4 44
accounts:add-directorate          institution    L4 2FF FFF 4 44 4 44    L4 rFF FFF 4 44 4 44
accounts:invitations              -              administrator           no-method
accounts:invitations-csv          -              administrator           no-method
accounts:invitations-json         -              administrator           no-method
accounts:invite                   -              administrator           LF rFF FFF F FF F FF
accounts:revoke                   invitation     no-method               LF RFF FFF F FF F FF
accounts:accept                   token          open                    anybody
accounts:accept                   false-token    closed                  closed
accounts:profile                  -              people                  anyone-in
accounts:absence                  -              no-method               LF rrr rrr r rr r rr
accounts:end-absence              deputy         no-method               L4 444 R44 4 44 4 44
accounts:roles                    -              roles                   no-method

audit:history                     -              LF 222 FFF F FF F FF    no-method
audit:history-csv                 -              LF 222 FFF F FF F FF    no-method
audit:history-json                -              LF 222 FFF F FF F FF    no-method
audit:check                       -              administrator           no-method
audit:access-log                  -              administrator           no-method
audit:access-log-csv              -              administrator           no-method
audit:access-log-json             -              administrator           no-method

notifications:list                -              people                  no-method
notifications:list-csv            -              people                  no-method
notifications:list-json           -              people                  no-method
notifications:read-all            -              no-method               anyone-in
notifications:open                notification   no-method               L4 444 4r4 4 44 4 44
notifications:outbox              -              administrator           no-method
notifications:outbox-csv          -              administrator           no-method
notifications:outbox-json         -              administrator           no-method
notifications:outbox-retry        -              no-method               LF rFF FFF F FF F FF
notifications:outbox-settle       unknown-mail   no-method               LF RFF FFF F FF F FF

mechanisms:documents              -              people                  no-method
mechanisms:documents-csv          -              people                  no-method
mechanisms:documents-json         -              people                  no-method
mechanisms:document               document       roles                   no-method
mechanisms:reviews                -              people                  no-method
mechanisms:reviews-csv            -              people                  no-method
mechanisms:reviews-json           -              people                  no-method
mechanisms:obligations            -              people                  no-method
mechanisms:obligations-csv        -              people                  no-method
mechanisms:obligations-json       -              people                  no-method
mechanisms:bodies                 -              people                  no-method
mechanisms:bodies-csv             -              people                  no-method
mechanisms:bodies-json            -              people                  no-method

recommendations:list              -              people                  no-method
recommendations:list-csv          -              people                  no-method
recommendations:list-json         -              people                  no-method
recommendations:tags              bare           L4 F22 FFF F FF F FF    L4 Frr FFF F FF F FF
recommendations:grade             bare           L4 F22 FFF F FF F FF    L4 Frr FFF F FF F FF
recommendations:translate         bare           L4 F22 FFF F FF F FF    L4 Frr FFF F FF F FF

analysis:crossing                 -              people                  no-method
analysis:crossing-csv             -              people                  no-method
analysis:crossing-json            -              people                  no-method
analysis:crossing-xlsx            -              people                  no-method
analysis:crossing-picture         picture        anyone-in               no-method
analysis:repeated                 -              people                  no-method
analysis:repeated-csv             -              people                  no-method
analysis:repeated-json            -              people                  no-method
analysis:repeated-xlsx            -              people                  no-method
analysis:repeated-svg             -              anyone-in               no-method
analysis:repeated-png             -              anyone-in               no-method
analysis:alone                    -              people                  no-method
analysis:alone-csv                -              people                  no-method
analysis:alone-json               -              people                  no-method
analysis:alone-xlsx               -              people                  no-method
analysis:alone-svg                -              anyone-in               no-method
analysis:alone-png                -              anyone-in               no-method
analysis:abroad                   -              people                  no-method
analysis:abroad-csv               -              people                  no-method
analysis:abroad-json              -              people                  no-method
analysis:abroad-xlsx              -              people                  no-method
analysis:abroad-svg               -              anyone-in               no-method
analysis:abroad-png               -              anyone-in               no-method
analysis:lacking                  -              LF 222 FF2 F FF 2 FF    no-method
analysis:lacking-csv              -              LF 222 FF2 F FF 2 FF    no-method
analysis:lacking-json             -              LF 222 FF2 F FF 2 FF    no-method
analysis:lacking-xlsx             -              LF 222 FF2 F FF 2 FF    no-method
analysis:lacking-svg              -              LF rrr FFr F FF r FF    no-method
analysis:lacking-png              -              LF rrr FFr F FF r FF    no-method
analysis:views                    -              people                  no-method
analysis:views-csv                -              people                  no-method
analysis:views-json               -              people                  no-method
analysis:view                     own-view       L4 44r 444 4 44 4 44    no-method
analysis:view                     shared-view    L4 rrr rrr r rr r rr    no-method
analysis:view-save                -              no-method               LF RRR RRR R RR R RR
analysis:view-share               own-view       no-method               L4 44R 444 4 44 4 44
analysis:view-share               shared-view    no-method               L4 FFR FFF F FF F FF
analysis:view-delete              own-view       no-method               L4 44R 444 4 44 4 44
analysis:view-delete              shared-view    no-method               L4 FFR FFF F FF F FF
tagging:taxonomies                -              people                  no-method
tagging:taxonomies-csv            -              people                  no-method
tagging:taxonomies-json           -              people                  no-method
tagging:taxonomy                  taxonomy       roles                   no-method
tagging:taxonomy-csv              taxonomy       roles                   no-method
tagging:taxonomy-json             taxonomy       roles                   no-method
tagging:label                     label          roles                   no-method
tagging:import                    -              administrator           LF rFF FFF F FF F FF
tagging:import-apply              -              no-method               LF rFF FFF F FF F FF
tagging:settings                  taxonomy       L4 2FF FFF F FF F FF    L4 RFF FFF F FF F FF
tagging:carry-over                taxonomy       no-method               L4 rFF FFF F FF F FF
tagging:train                     taxonomy       no-method               L4 Frr FFF F FF F FF
tagging:review                    taxonomy       L4 F22 FFF F FF F FF    L4 Frr FFF F FF F FF
tagging:model                     model          roles                   no-method
tagging:apply                     model          no-method               L4 Frr FFF F FF F FF
tagging:undo                      model          no-method               L4 FRR FFF F FF F FF
tagging:model                     institutions-model  L4 422 444 4 44 4 44  -
tagging:institutions              -              LF F2F FFF F FF F FF    no-method
tagging:train-institutions        -              no-method               LF FrF FFF F FF F FF
tagging:suggested-institutions    -              LF F2F FFF F FF F FF    no-method

programme:list                    -              people                  no-method
programme:list-csv                -              people                  no-method
programme:list-json               -              people                  no-method
programme:create                  -              LF F22 FFF F FF F FF    LF FRR FFF F FF F FF
programme:plan                    -              LF F22 FFF F FF F FF    LF FRR FFF F FF F FF
programme:version                 plan-draft      L4 222 222 2 44 2 44    no-method
programme:version                 plan-consulted  L4 222 222 2 22 2 24    -
programme:version                 plan-adopted    roles                   -
programme:version-csv             plan-draft      L4 222 222 2 44 2 44    no-method
programme:version-csv             plan-consulted  L4 222 222 2 22 2 24    -
programme:version-json            plan-draft      L4 222 222 2 44 2 44    no-method
programme:version-json            plan-consulted  L4 222 222 2 22 2 24    -
programme:coverage                plan-draft      L4 222 442 4 44 2 44    no-method
programme:coverage                plan-consulted  L4 222 222 2 22 2 24    -
programme:coverage-csv            plan-draft      L4 222 442 4 44 2 44    no-method
programme:coverage-json           plan-draft      L4 222 442 4 44 2 44    no-method
programme:comments                plan-draft      L4 222 222 2 44 2 44    no-method
programme:comments                plan-consulted  L4 222 222 2 22 2 24    -
programme:comments-csv            plan-consulted  L4 222 222 2 22 2 24    no-method
programme:comments-json           plan-consulted  L4 222 222 2 22 2 24    no-method
programme:compare                 plan-draft      L4 222 442 4 44 2 44    no-method
programme:compare                 plan-adopted    roles                   -
programme:compare-csv             plan-draft      L4 222 442 4 44 2 44    no-method
programme:compare-json            plan-draft      L4 222 442 4 44 2 44    no-method
programme:export                  plan-draft      LF 222 442 4 44 2 44    no-method
programme:export                  plan-consulted  LF 222 222 2 22 2 24    -
programme:file                    plan-file       L4 422 444 4 44 4 44    no-method
programme:file-csv                plan-file       L4 422 444 4 44 4 44    no-method
programme:file-json               plan-file       L4 422 444 4 44 4 44    no-method
programme:file-columns            foreign-file    L4 422 444 4 44 4 44    L4 4RR 444 4 44 4 44
programme:file-correct            plan-file       no-method               L4 4RR 444 4 44 4 44
programme:file-marked             plan-file       L4 422 444 4 44 4 44    no-method
programme:file-apply              plan-file       no-method               L4 4RR 444 4 44 4 44
programme:file-drop               plan-file       no-method               L4 4RR 444 4 44 4 44
programme:timeline                plan-draft      L4 222 222 2 44 2 44    no-method
programme:timeline                plan-consulted  L4 222 222 2 22 2 24    -
programme:timeline-csv            plan-draft      L4 222 222 2 44 2 44    no-method
programme:timeline-json           plan-consulted  L4 222 222 2 22 2 24    no-method
programme:comment                 consulted       no-method               L4 FFF FFF F FF F R4
programme:comment                 drafted         -                       L4 FFF FFF F 44 F 44
programme:comment-answer          comment         no-method               L4 4RR 444 4 44 4 F4
programme:comment-accept          public-comment  no-method               L4 4RF 444 4 44 4 44
programme:comment-refuse          public-comment  no-method               L4 4RF 444 4 44 4 44
programme:open                    plan-draft      L4 F2F FFF F 44 F 44    L4 FRF FFF F 44 F 44
programme:close                   plan-consulted  no-method               L4 FRF FFF F FF F F4
programme:adopt                   plan-draft      L4 F2F FFF F 44 F 44    L4 FRF FFF F 44 F 44
programme:revise                  plan-adopted    no-method               L4 FRR FFF F FF F FF
programme:node-add                plan-draft      L4 F22 FFF F 44 F 44    L4 FRR FFF F 44 F 44
programme:node-edit               plan-axis       L4 F22 44F 4 44 F 44    L4 FRR 44F 4 44 F 44
programme:node-remove             plan-axis       no-method               L4 FRR 44F 4 44 F 44
programme:measure-add             plan-draft      L4 F22 FFF F 44 F 44    L4 FRR FFF F 44 F 44
programme:measure                 drafted         L4 222 222 2 44 2 44    no-method
programme:measure                 drafted-alone   L4 222 442 4 44 2 44    -
programme:measure                 consulted       L4 222 222 2 22 2 24    -
programme:measure                 asked-measure   L4 222 222 2 22 2 44    -
programme:comments                plan-asked      L4 222 222 2 22 2 44    -
programme:measure                 reported        roles                   -
programme:measure                 public-inside   roles                   -
programme:measure-edit            drafted         L4 F22 FFF F 44 F 44    L4 FRR FFF F 44 F 44
programme:measure-remove          drafted         no-method               L4 FRR FFF F 44 F 44
programme:report                  in-force        L4 FFF 222 F FF F FF    L4 FFF RRR F FF F FF
programme:report-file             proof-waiting   inside                  no-method
programme:report-file             proof-approved  validated               -
programme:report-approve          measure-report  no-method               L4 444 RFR 4 44 4 44
programme:report-return           measure-report  no-method               L4 444 RFR 4 44 4 44
programme:indicators              -              people                  no-method
programme:indicators-csv          -              people                  no-method
programme:indicators-json         -              people                  no-method
programme:indicators-sdmx         -              people                  no-method
programme:indicator-add           -              LF F22 FFF F FF F FF    LF FRR FFF F FF F FF
programme:indicator               indicator      roles                   no-method
programme:indicator               indicator-draft  L4 222 222 4 44 2 44    -
programme:indicator-edit          indicator      L4 F22 FFF F FF F FF    L4 FRR FFF F FF F FF
programme:indicator-edit          indicator-draft  L4 F22 FFF 4 44 F 44    L4 FRR FFF 4 44 F 44
programme:indicator-use           indicator-draft  no-method               L4 FRF FFF 4 44 F 44
programme:indicator-not-applicable  indicator    no-method               L4 FRF FFF F FF F FF
programme:indicator-retire        indicator      no-method               L4 FRF FFF F FF F FF
programme:indicator-svg           indicator      L4 rrr rrr r rr r rr    no-method
programme:indicator-png           indicator      L4 rrr rrr r rr r rr    no-method
programme:indicator-sdmx          indicator      roles                   no-method
programme:indicator-sdmx          indicator-draft  L4 222 222 4 44 2 44    -
programme:indicator-workbook      indicator      roles                   no-method
programme:indicator-values        indicator      roles                   no-method
programme:indicator-values        indicator-draft  L4 222 222 4 44 2 44    -
programme:indicator-values-csv    indicator      roles                   no-method
programme:indicator-values-json   indicator      roles                   no-method
programme:value-record            indicator      L4 F22 222 2 FF F FF    L4 FRR RRR R FF F FF
programme:value-correct           indicator-value  L4 F22 222 2 FF F FF    L4 FRR RRR R FF F FF
programme:break-add               indicator      L4 F22 222 2 FF F FF    L4 FRR RRR R FF F FF
programme:break-withdraw          indicator-break  no-method               L4 FRR RRR R FF F FF
programme:values-upload           -              LF F22 222 2 22 F FF    LF Frr rrr r rr F FF
programme:values-preview          -              no-method               LF Frr rrr r rr F FF
programme:values-ask              indicator      L4 F22 222 F FF F FF    L4 FRR RRR F FF F FF
programme:value-requests          -              people                  no-method
programme:value-requests-csv      -              people                  no-method
programme:value-requests-json     -              people                  no-method
programme:value-request-decline   value-request  no-method               L4 FFF 44F R 44 F 44
programme:value-request-withdraw  value-request  no-method               L4 FRR 44F F 44 F 44

followup:item                     bare           roles                   no-method
followup:item                     published      roles                   -
followup:item                     withdrawn  roles                     -
followup:item                     proposed  roles                     -
followup:item                     accepted  roles                     -
followup:item                     refused  roles                     -
followup:item                     ended  roles                     -
followup:item                     asking  roles                     -
followup:item                     passed  roles                     -
followup:item                     draft  roles                     -
followup:item                     with_validator  roles                     -
followup:item                     returned_by_validator  roles                     -
followup:item                     with_delegation  roles                     -
followup:item                     returned_by_delegation  roles                     -
followup:status                   bare           L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF
followup:contribute               accepted       L4 FFF 222 2 FF F FF    L4 FFF RRR R FF F FF
followup:contribute               proposed       L4 FFF FFF 2 FF F FF    L4 FFF FFF R FF F FF
followup:contribute               bare           L4 FFF FFF F FF F FF    L4 FFF FFF F FF F FF
followup:assign                   -              LF F2F FFF F FF F FF    LF FRF FFF F FF F FF
followup:assignments              -              people                  no-method
followup:assignments-csv          -              people                  no-method
followup:assignments-json         -              people                  no-method
followup:pace                     -              LF F2F FFF F FF F FF    LF FRF FFF F FF F FF
followup:assignment-accept        proposed       no-method               L4 FFF RRR F 44 F 44
followup:assignment-accept        accepted       -                       L4 FFF FFF F 44 F 44
followup:assignment-accept        refused        -                       L4 FFF FFF F 44 F 44
followup:assignment-accept        ended          -                       L4 FFF FFF F 44 F 44
followup:assignment-refuse        proposed       no-method               L4 FFF RRR F 44 F 44
followup:assignment-refuse        accepted       -                       L4 FFF FFF F 44 F 44
followup:assignment-refuse        refused        -                       L4 FFF FFF F 44 F 44
followup:assignment-refuse        ended          -                       L4 FFF FFF F 44 F 44
followup:assignment-end           proposed       no-method               L4 FRF FFF F 44 F 44
followup:assignment-end           accepted       -                       L4 FRF FFF F 44 F 44
followup:assignment-end           refused        -                       L4 FFF FFF F 44 F 44
followup:assignment-end           ended          -                       L4 FFF FFF F 44 F 44
followup:assignment-ask_reassign  proposed       no-method               L4 FFF RRR F 44 F 44
followup:assignment-ask_reassign  accepted       -                       L4 FFF RRR F 44 F 44
followup:assignment-ask_reassign  refused        -                       L4 FFF FFF F 44 F 44
followup:assignment-ask_reassign  ended          -                       L4 FFF FFF F 44 F 44
followup:assignment-reassign      asking         no-method               L4 FRF FFF F 44 F 44
followup:assignment-reassign      accepted       -                       L4 FFF FFF F 44 F 44
followup:assignment-keep          asking         no-method               L4 FRF FFF F 44 F 44
followup:assignment-keep          accepted       -                       L4 FFF FFF F 44 F 44
followup:assignment-pass_on       proposed       no-method               L4 FFF RRR F 44 F 44
followup:assignment-pass_on       accepted       -                       L4 FFF RRR F 44 F 44
followup:assignment-pass_on       asking         -                       L4 FFF FFF F 44 F 44
followup:assignment-take_back     passed         no-method               L4 FFF RRR F 44 F 44
followup:assignment-take_back     accepted       -                       L4 FFF FFF F 44 F 44

followup:questionnaires           -              people                  no-method
followup:questionnaires-csv       -              people                  no-method
followup:questionnaires-json      -              people                  no-method
followup:questionnaire-new        -              LF F2F FFF F FF F FF    LF FRF FFF F FF F FF
followup:questionnaire            unsent         L4 422 444 4 44 4 44    no-method
followup:questionnaire            shared         L4 222 rr2 4 rr 2 44    -
followup:questionnaire-edit       unsent         L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
followup:questionnaire-edit       shared         L4 FFF FFF 4 FF F 44    L4 FFF FFF 4 FF F 44
followup:questions                unsent         L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
followup:questions-measures       unsent         L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
followup:questions                shared         L4 FFF FFF 4 FF F 44    L4 FFF FFF 4 FF F 44
followup:questions-paste          unsent         no-method               L4 4RF 444 4 44 4 44
followup:questions-paste          shared         -                       L4 FFF FFF 4 FF F 44
followup:questionnaire-send       unsent         no-method               L4 4RF 444 4 44 4 44
followup:questionnaire-send       shared         -                       L4 FFF FFF 4 FF F 44
followup:questionnaire-close      unsent         no-method               L4 4FF 444 4 44 4 44
followup:questionnaire-close      shared         -                       L4 FRF FFF 4 FF F 44
followup:questionnaire-discard    unsent         no-method               L4 4RF 444 4 44 4 44
followup:questionnaire-discard    shared         -                       L4 FFF FFF 4 FF F 44
followup:replies                  -              people                  no-method
followup:replies-csv              -              people                  no-method
followup:replies-json             -              people                  no-method
followup:reply                    reply-draft    L4 222 222 4 44 2 44    no-method
followup:reply                    reply-other    L4 222 442 4 22 2 44    -
followup:reply                    reply-with_validator  L4 222 222 4 44 2 44    -
followup:reply                    reply-returned_by_validator  L4 222 222 4 44 2 44  -
followup:reply                    reply-with_delegation  L4 222 222 4 44 2 44   -
followup:reply                    reply-returned_by_delegation  L4 222 222 4 44 2 44  -
followup:reply                    reply-validated  L4 222 222 4 44 2 44  -
followup:reply-edit               reply-draft    L4 FFF 222 4 44 F 44    L4 FFF RRR 4 44 F 44
followup:reply-edit               reply-with_validator  L4 FFF FFF 4 44 F 44  L4 FFF FFF 4 44 F 44
followup:reply-edit               reply-returned_by_validator  L4 FFF 222 4 44 F 44  L4 FFF RRR 4 44 F 44
followup:reply-edit               reply-with_delegation  L4 FFF FFF 4 44 F 44  L4 FFF FFF 4 44 F 44
followup:reply-edit               reply-returned_by_delegation  L4 FFF 222 4 44 F 44  L4 FFF RRR 4 44 F 44
followup:reply-edit               reply-validated  L4 FFF FFF 4 44 F 44  L4 FFF FFF 4 44 F 44
followup:reply-typing             reply-draft    no-method               L4 FFF rrr 4 44 F 44
followup:reply-typing             reply-other    -                       L4 FFF 44F 4 rr F 44
followup:reply-typing             reply-with_validator  -                L4 FFF rrr 4 44 F 44
followup:reply-typing             reply-validated  -                     L4 FFF rrr 4 44 F 44

followup:reply-submit             reply-draft                   no-method               L4 FFF RRR 4 44 F 44
followup:reply-submit             reply-with_validator          -                       L4 FFF FFF 4 44 F 44
followup:reply-submit             reply-returned_by_validator   -                       L4 FFF RRR 4 44 F 44
followup:reply-submit             reply-with_delegation         -                       L4 FFF FFF 4 44 F 44
followup:reply-submit             reply-returned_by_delegation  -                       L4 FFF RRR 4 44 F 44
followup:reply-submit             reply-validated               -                       L4 FFF FFF 4 44 F 44
followup:reply-approve            reply-draft                   no-method               L4 FFF FFF 4 44 F 44
followup:reply-approve            reply-with_validator          -                       L4 FFF RFR 4 44 F 44
followup:reply-approve            reply-returned_by_validator   -                       L4 FFF FFF 4 44 F 44
followup:reply-approve            reply-with_delegation         -                       L4 FFF FFF 4 44 F 44
followup:reply-approve            reply-returned_by_delegation  -                       L4 FFF FFF 4 44 F 44
followup:reply-approve            reply-validated               -                       L4 FFF FFF 4 44 F 44
followup:reply-return             reply-draft                   no-method               L4 FFF FFF 4 44 F 44
followup:reply-return             reply-with_validator          -                       L4 FFF RFR 4 44 F 44
followup:reply-return             reply-returned_by_validator   -                       L4 FFF FFF 4 44 F 44
followup:reply-return             reply-with_delegation         -                       L4 FFF FFF 4 44 F 44
followup:reply-return             reply-returned_by_delegation  -                       L4 FFF FFF 4 44 F 44
followup:reply-return             reply-validated               -                       L4 FFF FFF 4 44 F 44
followup:reply-validate           reply-draft                   no-method               L4 FFF FFF 4 44 F 44
followup:reply-validate           reply-with_validator          -                       L4 FFF FFF 4 44 F 44
followup:reply-validate           reply-returned_by_validator   -                       L4 FFF FFF 4 44 F 44
followup:reply-validate           reply-with_delegation         -                       L4 FRF FFF 4 44 F 44
followup:reply-validate           reply-returned_by_delegation  -                       L4 FFF FFF 4 44 F 44
followup:reply-validate           reply-validated               -                       L4 FFF FFF 4 44 F 44
followup:reply-send_back          reply-draft                   no-method               L4 FFF FFF 4 44 F 44
followup:reply-send_back          reply-with_validator          -                       L4 FFF FFF 4 44 F 44
followup:reply-send_back          reply-returned_by_validator   -                       L4 FFF FFF 4 44 F 44
followup:reply-send_back          reply-with_delegation         -                       L4 FRF FFF 4 44 F 44
followup:reply-send_back          reply-returned_by_delegation  -                       L4 FFF FFF 4 44 F 44
followup:reply-send_back          reply-validated               -                       L4 FFF FFF 4 44 F 44
followup:reply-time               reply-draft    no-method               L4 FFF RRR 4 44 F 44
followup:reply-time               reply-with_delegation  -               L4 FFF FFF 4 44 F 44
followup:reply-time               reply-validated  -                     L4 FFF FFF 4 44 F 44
followup:time-grant               extension      no-method               L4 4RF FFF 4 44 4 44
followup:time-grant               decided-extension  -                   L4 4FF FFF 4 44 4 44
followup:time-refuse              extension      no-method               L4 4RF FFF 4 44 4 44
followup:time-refuse              decided-extension  -                   L4 4FF FFF 4 44 4 44
followup:time-withdraw            extension      no-method               L4 4FF RRR 4 44 4 44
followup:time-withdraw            decided-extension  -                   L4 4FF FFF 4 44 4 44
followup:deadlines                -              people                  no-method
followup:deadlines-csv            -              people                  no-method
followup:deadlines-json           -              people                  no-method
followup:calendar-file            -              people                  no-method
followup:calendar-open            -              no-method               LF RRR RRR R RR R RR
followup:calendar-revoke          -              no-method               Lr rrr rRr r rr r rr
calendar                          calendar-token  open                   no-method-open
calendar                          false-token    closed                  -

followup:contributions            -              people                  no-method
followup:contributions-csv        -              people                  no-method
followup:contributions-json       -              people                  no-method
followup:contribution             draft          inside                  no-method
followup:contribution             with_validator  inside                 -
followup:contribution             returned_by_validator  inside          -
followup:contribution             with_delegation  sent                  -
followup:contribution             returned_by_delegation  sent           -
followup:contribution             validated      validated               -
followup:contribution-edit        draft          inside                  L4 444 RRR 4 44 4 44
followup:contribution-edit        with_validator  L4 444 FFF 4 44 4 44   L4 444 FFF 4 44 4 44
followup:contribution-edit        returned_by_validator  inside          L4 444 RRR 4 44 4 44
followup:contribution-edit        with_delegation  L4 4FF FFF 4 44 4 44  L4 4FF FFF 4 44 4 44
followup:contribution-edit        returned_by_delegation  L4 4FF 222 4 44 4 44  L4 4FF RRR 4 44 4 44
followup:contribution-edit        validated      L4 FFF FFF F 44 F 44    L4 FFF FFF F 44 F 44
followup:contribution-submit      draft          no-method               L4 444 RRR 4 44 4 44
followup:contribution-submit      with_validator  -                      L4 444 FFF 4 44 4 44
followup:contribution-submit      returned_by_validator  -               L4 444 RRR 4 44 4 44
followup:contribution-submit      with_delegation  -                     L4 4FF FFF 4 44 4 44
followup:contribution-submit      returned_by_delegation  -              L4 4FF RRR 4 44 4 44
followup:contribution-submit      validated      -                       L4 FFF FFF F 44 F 44
followup:contribution-approve     draft          no-method               L4 444 FFF 4 44 4 44
followup:contribution-approve     with_validator  -                      L4 444 RFR 4 44 4 44
followup:contribution-approve     returned_by_validator  -               L4 444 FFF 4 44 4 44
followup:contribution-approve     with_delegation  -                     L4 4FF FFF 4 44 4 44
followup:contribution-approve     returned_by_delegation  -              L4 4FF FFF 4 44 4 44
followup:contribution-approve     validated      -                       L4 FFF FFF F 44 F 44
followup:contribution-return      draft          no-method               L4 444 FFF 4 44 4 44
followup:contribution-return      with_validator  -                      L4 444 RFR 4 44 4 44
followup:contribution-return      returned_by_validator  -               L4 444 FFF 4 44 4 44
followup:contribution-return      with_delegation  -                     L4 4FF FFF 4 44 4 44
followup:contribution-return      returned_by_delegation  -              L4 4FF FFF 4 44 4 44
followup:contribution-return      validated      -                       L4 FFF FFF F 44 F 44
followup:contribution-validate    draft          no-method               L4 444 FFF 4 44 4 44
followup:contribution-validate    with_validator  -                      L4 444 FFF 4 44 4 44
followup:contribution-validate    returned_by_validator  -               L4 444 FFF 4 44 4 44
followup:contribution-validate    with_delegation  -                     L4 4RF FFF 4 44 4 44
followup:contribution-validate    returned_by_delegation  -              L4 4FF FFF 4 44 4 44
followup:contribution-validate    validated      -                       L4 FFF FFF F 44 F 44
followup:contribution-send_back   draft          no-method               L4 444 FFF 4 44 4 44
followup:contribution-send_back   with_validator  -                      L4 444 FFF 4 44 4 44
followup:contribution-send_back   returned_by_validator  -               L4 444 FFF 4 44 4 44
followup:contribution-send_back   with_delegation  -                     L4 4RF FFF 4 44 4 44
followup:contribution-send_back   returned_by_delegation  -              L4 4FF FFF 4 44 4 44
followup:contribution-send_back   validated      -                       L4 FFF FFF F 44 F 44
followup:item-typing              accepted       no-method               L4 FFF rrr r FF F FF
followup:item-typing              bare           -                       L4 FFF FFF F FF F FF
followup:contribution-typing      draft          no-method               L4 444 rrr 4 44 4 44
followup:contribution-typing      with_validator  -                      L4 444 rrr 4 44 4 44
followup:contribution-typing      with_delegation  -                     L4 4FF rrr 4 44 4 44
followup:contribution-typing      validated      -                       L4 FFF rrr F 44 F 44
followup:conversations            -              LF F22 222 2 22 F FF    no-method
followup:conversations-csv        -              LF F22 222 2 22 F FF    no-method
followup:conversations-json       -              LF F22 222 2 22 F FF    no-method
followup:thread                   talk inside    inside                  L4 444 RRR 4 44 4 44
followup:thread                   talk with_delegation  sent             L4 4RR RRR 4 44 4 44
followup:thread                   talk delegation  L4 422 444 4 44 4 44  L4 4RR 444 4 44 4 44
followup:message-withdraw         message inside  no-method             L4 444 FRF 4 44 4 44
followup:message-withdraw         message with_delegation  -            L4 4FF RFF 4 44 4 44
followup:message-withdraw         message delegation  -                 L4 4RF 444 4 44 4 44
followup:thread-read              talk inside    no-method               L4 444 rrr 4 44 4 44
followup:thread-read              talk with_delegation  -                L4 4rr rrr 4 44 4 44
followup:thread-read              talk delegation  -                     L4 4rr 444 4 44 4 44
followup:reference-add            draft          no-method               L4 444 RRR 4 44 4 44
followup:reference-add            with_validator  -                      L4 444 FFF 4 44 4 44
followup:reference-add            returned_by_validator  -               L4 444 RRR 4 44 4 44
followup:reference-add            with_delegation  -                     L4 4FF FFF 4 44 4 44
followup:reference-add            returned_by_delegation  -              L4 4FF RRR 4 44 4 44
followup:reference-add            validated      -                       L4 FFF FFF F 44 F 44
followup:reference-remove         draft internal law  no-method          L4 444 RRR 4 44 4 44
followup:reference-remove         with_validator internal law  -         L4 444 FFF 4 44 4 44
followup:reference-remove         with_delegation internal law  -        L4 4FF FFF 4 44 4 44
followup:reference-remove         returned_by_delegation restricted law  -  L4 4FF RRR 4 44 4 44
followup:reference-remove         validated internal law  -              L4 FFF FFF F 44 F 44
followup:reference-remove         validated restricted law  -            L4 4FF FFF 4 44 4 44
followup:evidence-attach          draft          no-method               L4 444 RRR 4 44 4 44
followup:evidence-attach          with_validator  -                      L4 444 FFF 4 44 4 44
followup:evidence-attach          returned_by_validator  -               L4 444 RRR 4 44 4 44
followup:evidence-attach          with_delegation  -                     L4 4FF FFF 4 44 4 44
followup:evidence-attach          returned_by_delegation  -              L4 4FF RRR 4 44 4 44
followup:evidence-attach          validated      -                       L4 FFF FFF F 44 F 44

followup:voices                   -              roles                   no-method
followup:voices-csv               -              roles                   no-method
followup:voices-json              -              roles                   no-method
followup:submit                   bare           L4 FFF FFF F FF F 22    L4 FFF FFF F FF F RR
followup:submission               submission-submitted  L4 422 444 4 44 4 24  no-method
followup:submission               submission-refused  L4 422 444 4 44 4 24  -
followup:submission               submission-accepted  roles             -
followup:submission-revise        submission-submitted  L4 4FF 444 4 44 4 F4  L4 4FF 444 4 44 4 F4
followup:submission-revise        submission-refused  L4 4FF 444 4 44 4 24  L4 4FF 444 4 44 4 R4
followup:submission-revise        submission-accepted  L4 FFF FFF F FF F FF  L4 FFF FFF F FF F FF
followup:submission-refuse        submission-submitted  no-method        L4 4RF 444 4 44 4 F4
followup:submission-refuse        submission-accepted  -                 L4 FFF FFF F FF F FF
followup:submission-take-back     submission-submitted  no-method        L4 4FF 444 4 44 4 R4
portal:submission-accept          submission-submitted  no-method        L4 4RF 444 4 44 4 F4
portal:submission-accept          submission-refused  -                  L4 4FF 444 4 44 4 F4
portal:submission-withdraw        submission-accepted  no-method         L4 FFF FFF F FF F RF
portal:grade                      bare           L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF
portal:grade-file                 -              L4 F2F FFF F FF F FF    L4 FrF FFF F FF F FF
portal:grade-file-preview         -              no-method               L4 FrF FFF F FF F FF
portal:grade-take-back            grade          no-method               L4 FRF FFF F FF F FF
followup:question                 question       roles                   no-method
portal:question-add               -              L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF
portal:question-edit              question       L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF

followup:proposals                -              L4 422 444 4 44 4 44    no-method
followup:proposals-csv            -              L4 422 444 4 44 4 44    no-method
followup:proposals-json           -              L4 422 444 4 44 4 44    no-method
followup:rules                    -              roles                   no-method
followup:rules-csv                -              roles                   no-method
followup:rules-json               -              roles                   no-method
followup:rule-begin               -              no-method               L4 FrF FFF F FF F FF
followup:rule                     rule-published  roles                  no-method
followup:rule                     rule-draft     L4 422 444 4 44 4 44    no-method
followup:rule                     rule-discarded  L4 422 444 4 44 4 44   no-method
followup:rule-changes             rule-draft     L4 422 444 4 44 4 44    no-method
followup:rule-changes-csv         rule-draft     L4 422 444 4 44 4 44    no-method
followup:rule-changes-json        rule-draft     L4 422 444 4 44 4 44    no-method
followup:rule-changes             rule-published  L4 422 444 4 44 4 44   -
followup:rule-discard             rule-draft     no-method               L4 4RF 444 4 44 4 44
followup:rule-discard             rule-published  -                      L4 FFF FFF F FF F FF
followup:rule-branch              rule-draft     L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
followup:rule-branch              rule-published  L4 FFF FFF F FF F FF   L4 FFF FFF F FF F FF
followup:rule-place               rule-draft     L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
followup:rule-add                 rule-draft     L4 42F 444 4 44 4 44    L4 4rF 444 4 44 4 44
followup:rule-remove              rule-draft     no-method               L4 4RF 444 4 44 4 44
followup:rule-move                rule-draft     no-method               L4 4rF 444 4 44 4 44
portal:publish-rule               rule-draft     L4 42F 444 4 44 4 44    L4 4RF 444 4 44 4 44
portal:publish-rule               rule-published  L4 FFF FFF F FF F FF   L4 FFF FFF F FF F FF
portal:rule                       -              open                    no-method-open

followup:evidence                 draft public   inside                  no-method
followup:evidence                 draft internal  inside                 -
followup:evidence                 draft restricted  inside               -
followup:evidence                 with_validator public  inside          -
followup:evidence                 with_validator internal  inside        -
followup:evidence                 with_validator restricted  inside      -
followup:evidence                 returned_by_validator public  inside   -
followup:evidence                 returned_by_validator internal  inside  -
followup:evidence                 returned_by_validator restricted  inside  -
followup:evidence                 with_delegation public  sent           -
followup:evidence                 with_delegation internal  sent         -
followup:evidence                 with_delegation restricted  sent       -
followup:evidence                 returned_by_delegation public  sent    -
followup:evidence                 returned_by_delegation internal  sent  -
followup:evidence                 returned_by_delegation restricted  sent  -
followup:evidence                 validated public  validated            -
followup:evidence                 validated internal  validated          -
followup:evidence                 validated restricted  sent             -
followup:evidence-remove          draft internal  no-method              L4 444 RRR 4 44 4 44
followup:evidence-remove          with_validator internal  -             L4 444 FFF 4 44 4 44
followup:evidence-remove          returned_by_validator restricted  -    L4 444 RRR 4 44 4 44
followup:evidence-remove          with_delegation public  -              L4 4FF FFF 4 44 4 44
followup:evidence-remove          returned_by_delegation public  -       L4 4FF RRR 4 44 4 44
followup:evidence-remove          validated internal  -                  L4 FFF FFF F 44 F 44
followup:evidence-remove          validated restricted  -                L4 4FF FFF 4 44 4 44

analysis:search                   -              people                  no-method
analysis:search-csv               -              people                  no-method
analysis:search-json              -              people                  no-method
analysis:saved                    -              people                  no-method
analysis:saved-csv                -              people                  no-method
analysis:saved-json               -              people                  no-method
analysis:saved-save               -              no-method               LF rrr rrr r rr r rr
analysis:saved-open               saved-search   L4 444 4r4 4 44 4 44    no-method
analysis:saved-rename             saved-search   no-method               L4 444 4r4 4 44 4 44
analysis:saved-delete             saved-search   no-method               L4 444 4r4 4 44 4 44
analysis:saved-alerts             saved-search   no-method               L4 444 4r4 4 44 4 44
groups:list                       -              people                  no-method
groups:list-csv                   -              people                  no-method
groups:list-json                  -              people                  no-method
groups:propose                    -              no-method               LF Frr FFF F FF F FF
groups:show                       group          roles                   no-method
groups:show                       proposed-group  L4 422 444 4 44 4 44   -
groups:decide                     group          no-method               L4 FRR FFF F FF F FF
groups:decide                     proposed-group  -                      L4 4rr 444 4 44 4 44
groups:rename                     group          no-method               L4 FRR FFF F FF F FF
groups:merge                      group          no-method               L4 FRR FFF F FF F FF
groups:add                        group          no-method               L4 FRR FFF F FF F FF
groups:dissolve                   group          no-method               L4 FRR FFF F FF F FF
groups:dissolve                   proposed-group  -                      L4 4RR 444 4 44 4 44
followup:group-status             group          L4 F2F FFF F FF F FF    L4 FRF FFF F FF F FF
followup:group-status             proposed-group  L4 42F 444 4 44 4 44   -
followup:group-contribute         group          L4 FFF 222 2 FF F FF    L4 FFF RRR R FF F FF
followup:group-contribute         proposed-group  L4 4FF 444 4 44 4 44   -

intake:runs                       -              LF F22 FFF F FF F FF    no-method
intake:runs-csv                   -              LF F22 FFF F FF F FF    no-method
intake:runs-json                  -              LF F22 FFF F FF F FF    no-method
intake:world                      -              LF F22 FFF F FF F FF    no-method
intake:world-csv                  -              LF F22 FFF F FF F FF    no-method
intake:world-json                 -              LF F22 FFF F FF F FF    no-method
intake:upload                     -              LF F22 FFF F FF F FF    LF Frr FFF F FF F FF
intake:run                        run            L4 422 444 4 44 4 44    no-method
intake:run-csv                    run            L4 422 444 4 44 4 44    no-method
intake:run-json                   run            L4 422 444 4 44 4 44    no-method
intake:apply                      run            no-method               L4 4RR 444 4 44 4 44
intake:discard                    run            no-method               L4 4RR 444 4 44 4 44
intake:again                      run            no-method               L4 4RR 444 4 44 4 44
intake:declare                    run            no-method               L4 4RR 444 4 44 4 44
intake:columns                    spreadsheet    L4 422 444 4 44 4 44    L4 4rr 444 4 44 4 44
intake:exclude                    row            no-method               L4 4RR 444 4 44 4 44
intake:include                    excluded-row   no-method               L4 4RR 444 4 44 4 44
intake:compare                    run            L4 422 444 4 44 4 44    no-method
intake:picture                    report-page    L4 422 444 4 44 4 44    no-method
intake:seen                       row            no-method               L4 4rr 444 4 44 4 44
intake:confirm                    doubtful-row   no-method               L4 4RR 444 4 44 4 44
intake:settle                     doubtful-run   no-method               L4 4RR 444 4 44 4 44
intake:correct                    row            L4 422 444 4 44 4 44    L4 4RR 444 4 44 4 44
intake:merge                      row            no-method               L4 4RR 444 4 44 4 44
intake:undo-correction            correction     no-method               L4 4RR 444 4 44 4 44
intake:progress                   run            L4 422 444 4 44 4 44    no-method
intake:progress                   reading        L4 422 444 4 44 4 44    -
intake:stop                       reading        no-method               L4 4RR 444 4 44 4 44
intake:undo                       applied        no-method               L4 4RR 444 4 44 4 44
intake:languages                  read-document  roles                   no-method
intake:languages-csv              read-document  roles                   no-method
intake:languages-json             read-document  roles                   no-method
intake:plan                       plan-draft      L4 F22 FFF F 44 F 44    L4 FRR FFF F 44 F 44
intake:issues                     unsent         L4 42F 444 4 44 4 44    L4 4rF 444 4 44 4 44
intake:issues                     shared         L4 FFF FFF 4 FF F 44    L4 FFF FFF 4 FF F 44
intake:issues-apply               unsent         no-method               L4 4rF 444 4 44 4 44
intake:issues-apply               shared         -                       L4 FFF FFF 4 FF F 44
intake:matrix                     -              LF FFF 222 2 22 F FF    LF FFF rrr r rr F FF
intake:matrix-apply               -              no-method               LF FFF rrr r rr F FF

reports:recommendations-xlsx      -              LF 222 222 2 22 2 22    no-method
reports:programme-docx            plan-draft      LF 222 442 4 44 2 44    no-method
reports:programme-docx            plan-consulted  LF 222 222 2 22 2 24    -
reports:programme-pdf             plan-draft      LF 222 442 4 44 2 44    no-method
reports:programme-documents       plan-draft      LF 222 442 4 44 2 44    LF rrr 44r 4 44 r 44
reports:programme-documents       plan-consulted  LF 222 222 2 22 2 24    -
reports:made-document             made-document   LF 424 444 4 44 4 44    no-method
reports:measure-pdf               drafted         LF 222 222 2 44 2 44    no-method
reports:measure-pdf               drafted-alone   LF 222 442 4 44 2 44    -
reports:measure-sheet             drafted         L4 222 222 2 44 2 44    no-method
reports:template                  -               administrator           LF RFF FFF F FF F FF
reports:template-docx             -               administrator           no-method
reports:template-restore          -               no-method               LF rFF FFF F FF F FF
reports:matrix                    -              LF F22 222 2 22 F FF    no-method
reports:matrix-docx               for-lead       LF F22 222 4 44 F FF    no-method
reports:handover                  own-person     L4 222 222 4 44 4 44    no-method
reports:handover                  other-person   L4 222 444 4 22 4 44    -
reports:handover-docx             own-person     L4 222 222 4 44 4 44    no-method
reports:handover-docx             other-person   L4 222 444 4 22 4 44    -
reports:matrix-xlsx               for-lead       LF F22 222 4 44 F FF    no-method

# Of the sign-in's own pages (allauth), only who is let in at all is asked. These accounts have no
# password and no second factor to ask for again, hence 403 and 404.
account_signup                    -              closed                  closed
account_email                     -              closed                  closed
account_email_verification_sent   -              closed                  closed
account_confirm_email             key            closed                  closed
account_confirm_login_code        -              closed                  closed
socialaccount_signup              -              closed                  closed
/account/social/signup/           -              closed                  closed
account_login                     -              2r rrr rrr r rr r rr    -
account_logout                    -              r2 222 222 2 22 2 22    anybody
account_inactive                  -              open                    -
account_reauthenticate            -              refused-in  -
account_change_password           -              anyone-in               -
account_set_password              -              anyone-in               -
account_reset_password            -              open                    -
account_reset_password_done       -              open                    -
account_reset_password_from_key   uid-key        open                    -
account_reset_password_from_key_done  -          open                    -
mfa_index                         -              people                  -
mfa_authenticate                  -              anyone-in  -
mfa_reauthenticate                -              refused-in  -
mfa_activate_totp                 -              anyone-in               -
mfa_deactivate_totp               -              nothing-in  -
mfa_view_recovery_codes           -              nothing-in  -
mfa_generate_recovery_codes       -              anyone-in               -
mfa_download_recovery_codes       -              nothing-in  -
mfa_list_webauthn                 -              people                  -
mfa_add_webauthn                  -              anyone-in               -
mfa_reauthenticate_webauthn       -              refused-in  -
mfa_remove_webauthn               nothing        L4 444 444 4 44 4 44    -
mfa_edit_webauthn                 nothing        L4 444 444 4 44 4 44    -
socialaccount_login_cancelled     -              open                    -
socialaccount_login_error         -              L1 111 111 1 11 1 11  -
socialaccount_connections         -              people                  -
/account/social/login/cancelled/  -              anyone-in  -
/account/social/login/error/      -              anyone-in  -
/account/social/connections/      -              anyone-in               -
openid_connect_login              provider       closed                  -
openid_connect_callback           provider       closed                  -
"""
