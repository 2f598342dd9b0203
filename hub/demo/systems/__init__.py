"""Seven pretend systems that speak their vendors' wire protocols, reads and writes, to any client.

None of them is the vendor's product. Each module says which vendor it stands for and which source
it follows; every answer carries `X-Pretend-System`. They are there so that the hub can be shown,
and tested, against an organisation that nobody has to have.

What a folder holds
    `seeds/{key}.json`  what the organisation's generator publishes for one system, read once
    `{key}.sqlite`      the state of one system, written by whoever calls it
    `systems.json`      where the systems are, while they run

What a seed holds (`hub.demo.systems.seeds` writes it; the vendor's module says the shape in full)
    personnel    `{"Users": [resource, …]}`                                      scim/application
    hr           `{doctype: [document, …], …}`, child tables inline              frappe/application
    appraisal    the same
    quality      `{model: [{"id", …, "create_date", "write_date"}, …], …}`       tryton/application
    planning     `{collection path: [{"uid", "ics"}, …], …}`                     caldav/application
    learning     `{"statements": [statement, …]}`, each with `stored`            xapi
    frameworks   `{file name: [row, …], …, "dataset": {…}}`                      esco
"""
