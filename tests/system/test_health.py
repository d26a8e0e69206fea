def test_first(product):
    clinic = product.clinic(patients=2)
    clinic.queue(["one", "two"])
    print(clinic.wait_settled())
    print(clinic.accepted())
    clinic.hears("6 y")
    product.wait(lambda: product.count("checkins_inboundrow", "state='read'"), what="read")
    print(product.get("/readyz"), product.alive())
