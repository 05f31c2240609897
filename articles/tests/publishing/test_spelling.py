from articles.text import spelling


def test_a_number_is_no_slip_of_the_pen():
    assert not spelling.is_near("Pemilu 2024", "Pemilu 2029")
    assert spelling.is_near("Danau Limbotto", "Danau Limboto")
    assert not spelling.is_near("Iran", "Irak")
