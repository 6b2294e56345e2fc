"""In the plenary a hand goes up on one phone, and is called, seen and answered on all screens without a reload."""
from playwright.sync_api import expect


def test_a_hand_is_raised_called_and_seen_and_a_question_is_wanted(join, staff, house):
    at = f"/w/{house['meeting']['workshop']}/plenary"
    rosa, julio, elena = join("Rosa"), join("Julio"), staff(at)
    for one in (rosa, julio):
        one.goto(at)
    for one in (rosa, julio):
        one.get_by_role("button", name="Levantar la mano").click()
        expect(one.locator(".my-hand")).to_contain_text("Su lugar")
    expect(julio.locator(".my-hand")).to_contain_text("Su lugar: 2 de 2.")
    elena.get_by_role("button", name="Siguiente").click()
    expect(rosa.locator(".my-hand")).to_contain_text("Usted tiene la palabra.")
    expect(julio.locator(".now-speaking")).to_contain_text("Rosa")
    expect(julio.locator(".my-hand")).to_contain_text("Su lugar: 1 de 1.")
    rosa.get_by_label("Su pregunta para todos").fill("¿Quién paga el agua?")
    rosa.get_by_role("button", name="Preguntar").click()
    julio.get_by_role("button", name="Quiero que se responda").click()
    expect(elena.locator(".questions")).to_contain_text("1 persona")
    expect(julio.locator(".questions .chip[aria-pressed=true]")).to_have_count(1)
    elena.get_by_role("button", name="Respondida").click()
    expect(rosa.locator(".questions .answered")).to_have_count(1)


def test_on_a_phone_the_hand_and_the_way_to_the_questions_stay_at_the_bottom(join, house):
    rosa = join("Rosa Mamani")
    rosa.goto(f"/w/{house['meeting']['workshop']}/plenary")
    bar = rosa.locator("#floor-bar")
    rosa.mouse.wheel(0, 3000)
    bar.get_by_role("button", name="Levantar la mano").click()
    expect(bar).to_contain_text("Su lugar")
    expect(rosa.get_by_role("button", name="Levantar la mano")).to_have_count(0)
    low = rosa.evaluate("document.querySelector('#floor-bar').getBoundingClientRect().bottom")
    assert abs(low - 740) <= 1
    expect(rosa.locator(".hands .mine")).to_contain_text("Rosa Mamani")
    bar.get_by_role("button", name="Bajar la mano").click()
    expect(bar.get_by_role("button", name="Levantar la mano")).to_be_visible()
    bar.get_by_role("link", name="Preguntas").click()
    expect(rosa.locator("#asking")).to_be_in_viewport()
    rosa.set_viewport_size({"width": 1366, "height": 768})
    expect(bar).to_be_hidden()
