// In business: started, visited, owner of the equipment, followed up to the second year.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

/** A visit on the programme's day: everything is there and works. */
async function visit(journey, found) {
  const { visitor } = journey;
  const tags = await visitor.page.locator('main [name$="-tag"]').evaluateAll((all) => all.filter((field) => field.value).map((field) => field.name.split("-")[1]));
  const pieces = tags.flatMap((row) => [[`assets-${row}-seen`, "yes"], [`assets-${row}-used`, "yes"], [`assets-${row}-condition`, "good"]]);
  await visitor.send({
    visited_on: journey.today, kind: "field", people_met: ["beneficiary"], status: "operating", approved_place: "yes",
    ...Object.fromEntries(pieces), costs: 260, women_workers: 1, men_workers: 0, household_income: 800, tax_registered: "yes",
    satisfaction: 5, coaching: "Sifarişləri dəftərə yazır", ...found,
  });
}

export const start = (journey) =>
  journey.as(CAST.monitor, async (visitor) => {
    await journey.clockTo(journey.after(20));
    await journey.next("/visit");
    const since = journey.after(-6);
    await visit(journey, { sales: 410, status_since: since });
    const words = await visitor.text();
    assert.ok(words.includes(`${Number(since.slice(8))} oktyabr 2024`), await visitor.told("does not find the day of the start"));
  });

/** Months go by; the monitor comes again, with a phone. */
export const visits = async (journey) => {
  for (const [months, sales] of [[6, 780], [12, 860]]) {
    await journey.as(CAST.monitor, async (visitor) => {
      await journey.clockTo(journey.months(months, journey.received));
      const wide = visitor.page.viewportSize();
      await visitor.page.setViewportSize({ width: 360, height: 780 });
      await visitor.goto("/visits");
      await visitor.goto(journey.casePath);
      await journey.next("/visit");
      await visit(journey, { sales });
      await visitor.page.setViewportSize(wide);
    });
  }
};

export const ownership = async (journey) => {
  await journey.as(CAST.officer, async (visitor) => {
    await journey.clockTo(journey.after(20));
    await journey.next("/ownership");
    await visitor.send({ matches_plan: "yes", finding: "Plan üzrə işləyir, avadanlıq yerindədir" });
  });
  await journey.as(CAST.head, async (visitor) => {
    await journey.task(`${journey.casePath}/ownership/decision`);
    await visitor.send({ decision: "approve" });
    await visitor.goto(journey.casePath);
    const act = await visitor.download("/transfer-act.pdf");
    assert.equal(act.subarray(0, 5).toString(), "%PDF-");
  });
};

export const lastFollowUp = (journey) =>
  journey.as(CAST.monitor, async () => {
    await journey.clockTo(journey.months(24, journey.received));
    await journey.next("/visit");
    await visit(journey, { sales: 990 });
  });

const COUNTED = ["APPLIED", "SELECTED", "TRAINED", "APPROVED", "EQUIPPED", "STARTED", "AWARDED", "TRANSFERRED", "SURVIVING_24M"];

/** The results as of the last day count her, each number opening to her case; those as of the day before she came do not. */
export const results = (journey) =>
  journey.as(CAST.results, async (visitor) => {
    const cut = "sex=F&direction=TAILOR&region=GANJA_DASHKASAN";
    await visitor.goto("/results");
    for (const code of COUNTED) {
      await visitor.goto(`/results/${code}`);
      await visitor.goto(`/results/${code}/cases?${cut}`);
      assert.ok((await visitor.text()).includes(journey.receipt), await visitor.told(`does not find her behind ${code}`));
      await visitor.goto(`/results/${code}/cases?${cut}&as_of=2024-09-01`);
      assert.ok(!(await visitor.text()).includes(journey.receipt), `${code} counts her before she came`);
    }
  });
