// From the door to a place: registered, applied, papers, eligible, ready, ranked, offered.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

export const register = (journey) =>
  journey.as(CAST.registrar, async (visitor) => {
    const { tailor } = journey;
    await visitor.goto("/people");
    await visitor.follow("/people/new");
    const sheet = {
      surname: tailor.surname, given_name: tailor.given, patronymic: "Elçin", sex: "F", birth_date: "1989-03-08",
      fin: tailor.fin, document: "AA1234567", document_issuer: "ASAN 5", document_expires_on: "2031-05-01",
      phone: "+994 50 234 56 78", residence: "GA", address: "Nizami küçəsi 41, mənzil 7", education: "VOCATIONAL",
      speciality: "dərzi", marital: "MARRIED", household_size: "4", children: "2", income: "420",
      basis: "unemployed", unemployed_since: "2022-04-04",
    };
    // Without her consent nobody is registered, and nothing that was typed is lost.
    const said = await visitor.refused(sheet);
    assert.match(said, /işarələyin/i);
    assert.equal(await visitor.page.locator('[name="address"]').inputValue(), sheet.address);
    await visitor.send({ consent: "yes", consent_photo: "yes" });
    journey.person = visitor.path().split("/").at(-1);
    assert.ok((await visitor.text()).includes(tailor.surname));
  });

export const apply = (journey) =>
  journey.as(CAST.registrar, async (visitor) => {
    await visitor.goto("/people");
    await visitor.fill({ q: journey.tailor.surname });
    await visitor.press('form[action="/people/lookups"]');
    await visitor.follow(`/people/${journey.person}`);
    await visitor.follow("/application");
    await visitor.send({
      wished: "TAILOR", second: "CARPET_WEAVER", experience_years: "6", own_contribution: "400", premises: "home",
      premises_area: "18", power: "yes", water: "yes", tools: "köhnə tikiş maşını", earlier_support: "no", truth: "yes",
    });
    [, journey.caseId] = visitor.path().match(/cases\/([^/]+)\/receipt/);
    journey.receipt = (await visitor.text()).match(/\d{4}-\d{4}-\d+-\d/)?.[0];
    journey.office = Number(journey.receipt?.split("-")[1]);
    assert.ok(journey.receipt, await visitor.told("was given no receipt number"));
  });

export const decide = (journey) =>
  journey.as(CAST.officer, async (visitor) => {
    await journey.task(`${journey.casePath}/eligibility`);
    await visitor.follow("/papers");
    await visitor.send({ papers: ["IDENTITY_DOCUMENT"], note: "Vəsiqənin surəti" });
    await journey.next("/papers");
    await visitor.send({ all_here: "yes" });
    await journey.next("/eligibility");
    await visitor.follow("/fact-checks");
    await visitor.send({ "fact-has_work": "no" });
    await visitor.send({ outcome: "confirmed" });
  });

export const ready = (journey) =>
  journey.as(CAST.counsellor, async (visitor) => {
    await journey.task(`${journey.casePath}/readiness`);
    const items = { EXPERIENCE: 4, MARKET: 3, PREMISES: 3, OWN_CONTRIBUTION: 2, NUMERACY: 3, MOTIVATION: 4, TIME: 3 };
    const points = Object.entries(items).map(([code, points]) => [`item-${code}`, points]);
    await visitor.send({
      ...Object.fromEntries(points), topics: ["DIRECTIONS", "COURSE", "DUTIES", "TAXES", "BENEFITS"], similar_nearby: "3",
      advised: "TAILOR", chosen: "TAILOR",
    });
  });

/** The officer ranks all who wait; the head of the office approves. */
export const rank = async (journey) => {
  await journey.as(CAST.head, async (visitor) => {
    await visitor.goto("/rankings");
    // A list that waits already is decided first: an office has one at a time.
    const open = visitor.page.locator("main tr", { hasText: "təsdiq gözləyir" }).locator("a").first();
    if ((await open.count()) === 0) return;
    await Promise.all([visitor.page.waitForNavigation(), open.click()]);
    await visitor.submit('form[action$="/approval"]');
  });
  await journey.as(CAST.officer, async (visitor) => {
    await visitor.goto("/rankings");
    await visitor.follow("/rankings/new");
    const shown = await visitor.page.locator("main .govuk-summary-list__value").allInnerTexts();
    const [waiting, free] = shown.slice(1).map((number) => Number(number.replaceAll(".", "")));
    assert.match(await visitor.refused({ pool: `office-${journey.office}`, places: free + 1 }), /Boş yerlər/);
    await visitor.send({ places: Math.min(waiting, free) });
    journey.run = visitor.path();
  });
  await journey.as(CAST.head, async (visitor) => {
    await visitor.goto(journey.run);
    assert.ok((await visitor.text()).includes(journey.receipt), await visitor.told("does not find her among the selected"));
    await visitor.submit('form[action$="/approval"]');
  });
};

export const accept = (journey) =>
  journey.as(CAST.officer, async (visitor) => {
    await journey.next("/offer");
    await visitor.send({ answer: "accepted" });
  });
