// From a place to an approved plan: course, certificate, plan, screening, scores, defence, sitting.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

export const study = (journey) =>
  journey.as(CAST.trainer, async (visitor) => {
    await visitor.goto("/cohorts");
    await visitor.follow("/cohorts/new");
    await visitor.send({ venue: "Gəncə, 3 saylı peşə liseyi", seats: "12", starts_on: journey.today });
    const cohort = visitor.path();
    await visitor.fill({ case: journey.caseId });
    await visitor.submit('form[action$="/enrolments"]');
    const sessions = (await visitor.page.locator("main table").first().locator("tbody tr").count());
    assert.ok(sessions >= 5, await visitor.told("finds too few sessions"));
    // Nobody was present at what has not been held yet.
    await visitor.goto(`${cohort}/sessions/2`);
    assert.match(await visitor.refused({ [`mark-${journey.caseId}`]: "present" }), /keçiril/);
    await journey.clockTo(journey.after(14));
    for (let session = 1; session <= sessions; session++) {
      await visitor.goto(cohort);
      await visitor.follow(`/sessions/${session}`);
      await visitor.send({ [`mark-${journey.caseId}`]: session === 3 ? "late" : "present" });
    }
    await visitor.follow("/results");
    const { caseId } = journey;
    await visitor.send({ [`before-${caseId}`]: "35", [`after-${caseId}`]: "84", [`result-${caseId}`]: "completed" });
  });

/** The certificate, and anybody who doubts it, without signing in. */
export const certificate = async (journey) => {
  const code = await journey.as(CAST.trainer, async (visitor) => {
    await visitor.goto(journey.casePath);
    const file = await visitor.download("/certificate.pdf");
    assert.equal(file.subarray(0, 5).toString(), "%PDF-");
    return (await visitor.text()).match(/\b[A-Z0-9]{5}(-[A-Z0-9]{5}){2}\b/)?.[0];
  });
  const { visitor } = journey;
  await visitor.goto("/verify");
  await visitor.fill({ code });
  await visitor.submit('form[action="/verify"]');
  assert.ok((await visitor.text()).includes(journey.tailor.surname));
};

const MONTHS = Array.from({ length: 12 }, (_, month) => [
  [`cash_flow-${month}-sales`, 700 + 30 * month],
  [`cash_flow-${month}-materials`, 180],
  [`cash_flow-${month}-wages`, 0],
  [`cash_flow-${month}-rent_utilities`, 45],
  [`cash_flow-${month}-other_costs`, 20],
  [`cash_flow-${month}-tax`, 20],
  [`cash_flow-${month}-social_insurance`, 30],
  [`cash_flow-${month}-drawings`, 150],
]).flat();

const PLAN = {
  summary: "Evdə qadın və məktəbli paltarı tikirəm, köhnə paltarı təmir edirəm.",
  tax_registration: "will_register", licence: "not_needed", experience_years: 6,
  address: "Gəncə, Nizami küçəsi 41", tenure: "own", area_m2: 18, power: "single_phase", water: "yes",
  "products-0-product": "qadın donu", "products-0-unit": "ədəd", "products-0-monthly_quantity": 14, "products-0-price": 55,
  "products-0-unit_cost": 16,
  customers: "Qonşular, iki məktəbin valideynləri", rivals: "Məhəllədə üç dərzi var, paltarı bir həftəyə tikirlər",
  channels: ["workshop", "orders"], working_days_month: 24, daily_capacity: "gündə bir don", family_workers: 0, paid_workers: 0,
  "equipment-0-item": "SEW_INDUSTRIAL", "equipment-0-quantity": 1, "equipment-1-item": "OVERLOCK", "equipment-1-quantity": 1,
  money: 500, in_kind: 200, described: "köhnə tikiş maşını və otaq",
  ...Object.fromEntries(MONTHS),
  "risks-0-risk": "yayda sifariş azalır", "risks-0-answer": "məktəbli forması yayda tikilir",
  own_work: "yes", true_data: "yes",
};

/** The trainer helps to write the plan, the officer takes it in. */
export const plan = async (journey) => {
  await journey.as(CAST.trainer, async (visitor) => {
    await visitor.goto(journey.casePath);
    await visitor.follow("/plan");
    await visitor.send(PLAN);
    await visitor.page.locator('[name="words"]').fill("Parçanın qiymətini bazarla tutuşdurun");
    await visitor.submit('form[action$="/comments"]');
  });
  await journey.as(CAST.officer, async (visitor) => {
    await journey.next("/plan");
    await visitor.submit('form[action$="/submission"]');
    assert.ok((await visitor.text()).includes("2.130"), await visitor.told("does not see the equipment's value"));
  });
};

const SITE = {
  process: "parça biçilir və tikilir", surroundings: "homes", land_right: "yes", waste: "household", noise: "no",
  dust_smoke: "no", chemicals: "no", water_use: "none", waste_water: "none", fire_extinguisher: "yes", protective_gear: "yes",
  workers_under_18: "no", pest_check: "no",
};
const SEEN = {
  PLACE_MATCHES: "yes", WASTE_PLACE: "yes", OIL_CHEMICAL_STORE: "no", FIRE_RISK: "no", WIRING_UNSAFE: "no",
  NEIGHBOURS_NOISE: "no", FOOD_HYGIENE: "no", LAND_DISPUTE: "no", CHILD_WORK: "no", WORKER_SAFETY: "yes", ACCESS_BLOCKED: "no",
};
const HARM = { WATER_BODY: "no", AIR_EMISSIONS: "no", HAZARDOUS_WASTE: "no", PEST_CARRIER: "no", LARGE_HARM: "no" };
const checks = (answers) => Object.fromEntries(Object.entries(answers).map(([code, answer]) => [`check-${code}`, answer]));

export const screen = async (journey) => {
  await journey.as(CAST.colleague, async (visitor) => {
    await journey.next("/screening/form");
    await visitor.send({ ...SITE, ...checks(SEEN) });
  });
  await journey.as(CAST.environment, async (visitor) => {
    await journey.task(`${journey.casePath}/screening/decision`);
    await visitor.send({ ...checks(HARM), reason: "Evdə tikiş, ətrafa təsiri azdır" });
  });
};

/** Two who do not see her name score; the secretary has chosen them. */
export const score = async (journey) => {
  await journey.as(CAST.secretary, async (visitor) => {
    await journey.task(`${journey.casePath}/evaluators`);
    await visitor.send({ evaluator: await visitor.valuesOf("evaluator", CAST.evaluators) });
  });
  for (const [nth, name] of CAST.evaluators.entries()) {
    await journey.as(name, async (visitor) => {
      await journey.task(`/evaluations/${journey.caseId}`);
      const words = await visitor.text();
      assert.ok(!words.includes(journey.tailor.surname) && !words.includes(journey.receipt), "a blind evaluator sees whose plan it is");
      const marks = await visitor.page.locator('main [name^="mark-"]').evaluateAll((all) => all.map((field) => field.name));
      const sheet = marks.flatMap((name, at) => [[name, 7 + ((at + nth) % 2)], [name.replace("mark-", "reason-"), "plan ədədlərlə əsaslandırılıb"]]);
      await visitor.send({ ...Object.fromEntries(sheet), seal: "yes" });
    });
  }
};

export const defend = (journey) =>
  journey.as(CAST.secretary, async (visitor) => {
    await journey.next("/defence");
    await visitor.send({
      panel: await visitor.valuesOf("panel", CAST.members.slice(0, 3)), "mark-COMMAND": 8, "mark-ANSWERS": 7, "mark-READINESS": 8,
    });
  });

/** The sitting: called, voted by five, closed with its minutes. */
export const sit = async (journey) => {
  await journey.as(CAST.secretary, async (visitor) => {
    await journey.next("/sittings/new");
    const members = await visitor.valuesOf("member", CAST.members);
    await visitor.send({
      region: "GANJA_DASHKASAN", sits_on: journey.today, place: "Gəncə, Heydər Əliyev prospekti 12", budget: 60000,
      member: members, head: members[0], case: journey.caseId,
    });
    journey.sitting = visitor.path();
  });
  for (const name of CAST.members) {
    await journey.as(name, async (visitor) => {
      await journey.task(`${journey.sitting}/votes`);
      const votes = await visitor.page.locator('main [name^="vote-"]').evaluateAll((all) => [...new Set(all.map((field) => field.name))]);
      await visitor.send(Object.fromEntries(votes.map((name) => [name, "for"])));
    });
  }
  await journey.as(CAST.secretary, async (visitor) => {
    await journey.task(`${journey.sitting}/closure`);
    const decisions = await visitor.page.locator('main [name^="decision-"]').evaluateAll((all) => [...new Set(all.map((field) => field.name))]);
    const approved = decisions.map((name) => [name, "approved"]);
    await visitor.send({ present: await visitor.valuesOf("present", CAST.members), ...Object.fromEntries(approved) });
    await visitor.goto(journey.sitting);
    const minutes = await visitor.download("/minutes.pdf");
    assert.equal(minutes.subarray(0, 5).toString(), "%PDF-");
  });
};
