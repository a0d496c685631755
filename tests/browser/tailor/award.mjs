// She wants to grow: an incentive award is applied for, checked, scored blind, granted, contracted, ordered and delivered.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

/** A round of awards is proposed by the manager and approved by finance. */
export const openRound = async (journey) => {
  await journey.as(CAST.manager, async (visitor) => {
    await visitor.goto("/award-rounds");
    await visitor.follow("/award-rounds/new");
    await visitor.send({
      title: "Payız dövrəsi", opens_on: journey.today, closes_on: journey.after(60), rolling: "yes", budget: 50000,
    });
    journey.round = visitor.path();
  });
  await journey.as(CAST.finance, async (visitor) => {
    await visitor.goto(journey.round);
    await visitor.follow("/approval");
    await visitor.send({ decision: "approve" });
  });
};

export const applyForAward = async (journey) => {
  await journey.as(CAST.officer, async (visitor) => {
    await visitor.goto(journey.casePath);
    await visitor.follow("/award");
    await visitor.send({
      round: journey.round.split("/").at(-1), plan: "İkinci iş yeri açmaq və sifarişləri vaxtında çatdırmaq",
      market: "İki məktəb və toy salonu, ayda otuz sifariş", sales_now: 860, sales_after: 1400, jobs: 1,
      jobs_by: journey.after(150), "quote-1": "Sənaye tikiş maşını", "quoted_by-1": "Texnika MMC, təklif 14",
      "quote_quantity-1": 1, "quote_price-1": 3000, own_share: 700, own_proof: "bank", own_paper: "Bank arayışı 221",
    });
    journey.award = visitor.path();
  });
  await journey.as(CAST.colleague, async (visitor) => {
    await visitor.goto(journey.award);
    await visitor.follow("/check");
    await visitor.send({ proof: "shown", papers_seen: "Bank arayışı 221 və qiymət təklifi 14" });
  });
};

export const scoreAward = async (journey) => {
  await journey.as(CAST.secretary, async (visitor) => {
    await journey.task(`${journey.award}/evaluators`);
    await visitor.send({ evaluator: await visitor.valuesOf("evaluator", CAST.evaluators) });
  });
  const page = journey.award.replace("/awards/", "/award-scores/");
  for (const name of CAST.evaluators) {
    await journey.as(name, async (visitor) => {
      await journey.task(page);
      assert.ok(!(await visitor.text()).includes(journey.tailor.surname), "a blind evaluator sees whose award it is");
      const marks = await visitor.page.locator('main [name^="mark-"]').evaluateAll((all) => all.map((field) => field.name));
      const sheet = marks.flatMap((name) => [[name, 8], [name.replace("mark-", "reason-"), "rəqəmlər səfərlərlə təsdiqlənir"]]);
      await visitor.send({ ...Object.fromEntries(sheet), seal: "yes" });
    });
  }
};

export const grantAward = async (journey) => {
  const members = CAST.members.slice(0, 3);
  await journey.as(CAST.secretary, async (visitor) => {
    await visitor.goto(journey.round);
    await visitor.follow("/sittings/new");
    const values = await visitor.valuesOf("member", members);
    await visitor.send({
      sits_on: journey.today, place: "Bakı, Məşğulluq Agentliyi", award: journey.award.split("/").at(-1), member: values, head: values[0],
    });
    journey.awardSitting = visitor.path();
  });
  for (const name of members) {
    await journey.as(name, async (visitor) => {
      await journey.task(`${journey.awardSitting}/votes`);
      await visitor.send({ [`vote-${journey.award.split("/").at(-1)}`]: "for" });
    });
  }
  await journey.as(CAST.secretary, async (visitor) => {
    await journey.task(`${journey.awardSitting}/closure`);
    await visitor.send({ present: await visitor.valuesOf("present", members), rest: "granted" });
  });
};

export const deliverAward = async (journey) => {
  const step = (name, noun, fields) =>
    journey.as(name, async (visitor) => {
      await visitor.goto(journey.award);
      await visitor.follow(`/${noun}`);
      await visitor.send(await fields(visitor));
    });
  await step(CAST.officer, "contract", () => ({ place_of_use: "Gəncə, Nizami küçəsi 41", explained_in: "az", conditions_same: "yes" }));
  await step(CAST.head, "signature", () => ({ explained: "yes", beneficiary_signed: "yes" }));
  await journey.as(CAST.procurement, async (visitor) => {
    await visitor.goto(`${journey.award}/order`);
    const [, supplier] = await visitor.page.locator('main [name="supplier"] option').evaluateAll((all) => all.map((o) => o.value));
    await visitor.send({ supplier, due_on: journey.after(10) });
    journey.awardOrder = visitor.path();
  });
  await journey.asNewcomer(journey.buyer, async (visitor) => {
    await visitor.goto(journey.awardOrder);
    await visitor.submit('form[action$="/approval"]');
  });
  await journey.as(CAST.storekeeper, async (visitor) => {
    await visitor.goto(journey.awardOrder);
    await visitor.follow("/delivery");
    const [serial] = await visitor.page.locator('main [name^="serial-"]').evaluateAll((all) => all.map((field) => field.name));
    await visitor.send({ [serial]: `HM-${journey.tailor.fin}-1` });
    await visitor.goto(`${journey.award}/delivery`);
    const [piece] = await visitor.page.locator('main [name^="condition-"]').evaluateAll((all) => all.map((field) => field.name.slice(10)));
    await visitor.send({
      happened_on: journey.today, place: "Gəncə, Nizami küçəsi 41", witness: "Rəna Səmədova", [`take-${piece}`]: "accepted",
      [`condition-${piece}`]: "1", confirmed: "yes",
    });
  });
};
