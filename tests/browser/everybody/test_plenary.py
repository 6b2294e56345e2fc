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
