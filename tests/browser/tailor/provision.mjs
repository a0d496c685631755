// From the approved plan to equipment in her hands: contract, order, delivery, handover.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

const isPdf = (file) => assert.equal(file.subarray(0, 5).toString(), "%PDF-");

export const contract = async (journey) => {
  await journey.as(CAST.officer, async (visitor) => {
    await journey.next("/contract/draft");
    await visitor.send({
      place_of_use: "Gəncə, Nizami küçəsi 41, mənzil 7", premises_seen_on: journey.today, explained_in: "az", status_same: "yes",
    });
  });
  await journey.as(CAST.head, async (visitor) => {
    await journey.task(`${journey.casePath}/contract/signature`);
    await visitor.send({ explained: "yes", beneficiary_signed: "yes" });
    await visitor.goto(`${journey.casePath}/contract`);
    isPdf(await visitor.download("/contract.pdf"));
  });
};

/** A second procurement officer begins work: whoever places an order may not approve it. */
export const colleague = (journey) =>
  journey.as(CAST.administrator, async (visitor) => {
    await visitor.goto("/accounts");
    await visitor.follow("/accounts/new");
    await visitor.send({ ...journey.buyer, role: "procurement", office: "0" });
  });

export const order = async (journey) => {
  await journey.as(CAST.procurement, async (visitor) => {
    await visitor.goto(`/orders/new?case=${journey.caseId}`);
    const [, supplier] = await visitor.page.locator('main [name="supplier"] option').evaluateAll((all) => all.map((o) => o.value));
    const ticked = await visitor.page.locator('main [name="case"]:checked').evaluateAll((all) => all.map((box) => box.value));
    assert.deepEqual(ticked, [journey.caseId], "the contract that led here is not chosen");
    await visitor.send({ supplier, due_on: journey.after(14) });
    journey.order = visitor.path();
  });
  await journey.asNewcomer(journey.buyer, async (visitor) => {
    await visitor.goto(journey.order);
    await visitor.submit('form[action$="/approval"]');
  });
};

/** The goods come, each piece with its number; then they are handed over, unfaulted. */
export const deliver = (journey) =>
  journey.as(CAST.storekeeper, async (visitor) => {
    await journey.clockTo(journey.after(10));
    await visitor.goto(journey.order);
    await visitor.follow("/delivery");
    const serials = await visitor.page.locator('main [name^="serial-"]').evaluateAll((all) => all.map((field) => field.name));
    journey.serials = serials.map((_, nth) => `GA-${journey.tailor.fin}-${nth + 1}`);
    await visitor.send(Object.fromEntries(serials.map((name, nth) => [name, journey.serials[nth]])));
    await visitor.goto("/stock");
    // The oldest stand first: what has just come may stand on a later page.
    while (!(await visitor.text()).includes(journey.serials[0])) {
      const next = visitor.page.locator('main a[rel="next"]');
      assert.ok(await next.count(), await visitor.told("does not find the machine in stock"));
      await visitor.goto(await next.first().getAttribute("href"));
    }
  });

export const handOver = (journey) =>
  journey.as(CAST.storekeeper, async (visitor) => {
    await journey.task(`${journey.casePath}/handover`);
    const pieces = await visitor.page.locator('main [name^="condition-"]').evaluateAll((all) => all.map((field) => field.name.slice(10)));
    const each = pieces.flatMap((piece) => [[`take-${piece}`, "accepted"], [`condition-${piece}`, "1"], [`test-${piece}`, "yes"]]);
    await visitor.send({
      happened_on: journey.today, place: "Gəncə, Nizami küçəsi 41", witness: "Rəna Səmədova",
      ...Object.fromEntries(each), confirmed: "yes",
    });
    await visitor.goto(`${journey.casePath}/assets`);
    const act = await visitor.page.locator('main a[href*="/handovers/"]').first().getAttribute("href");
    isPdf(await visitor.download(act.slice(-36)));
    journey.received = journey.today;
  });
