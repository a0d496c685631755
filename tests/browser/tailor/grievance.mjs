// She complains of the delivery: taken in at her case, studied, a solution proposed, told and accepted.

import assert from "node:assert/strict";
import { CAST } from "./journey.mjs";

export const complain = async (journey) => {
  await journey.as(CAST.officer, async (visitor) => {
    await visitor.goto(journey.casePath);
    await visitor.follow(`/grievances/new?person=${journey.person}&case=${journey.caseId}`);
    await visitor.send({
      channel: "IN_PERSON", category: "DELIVERY", what: "Overlok maşınının iynələri çatışmır", happened_when: "təhvil günü",
      how_often: "once", remedy: "İynələr verilsin", language: "az",
    });
    journey.grievance = visitor.path().replace("/receipt", "");
  });
  const step = (name, noun, fields = {}) =>
    journey.as(name, async (visitor) => {
      await visitor.goto(journey.grievance);
      await visitor.follow(`/${noun}`);
      await visitor.send(fields);
    });
  await step(CAST.grievance, "sorting", { category: "DELIVERY" });
  await step(CAST.grievance, "study", { finding: "Aktda iynələr göstərilməyib, anbarda qalıb" });
  await step(CAST.head, "proposal", { solution: "İynələr üç gün ərzində evinə çatdırılsın", members: "V. Mustafayev, A. Rəhimova" });
  await step(CAST.grievance, "telling", { through: "IN_PERSON" });
  await step(CAST.grievance, "answer", { accepted: "yes" });
  await step(CAST.grievance, "closing", { cause: "goods", action: "İynələr verilib, benefisiar razıdır" });
  await journey.as(CAST.officer, async (visitor) => {
    await visitor.goto(journey.casePath);
    const line = visitor.page.locator("#grievances tbody tr").first();
    assert.match(await line.innerText(), /Həll olunub/);
  });
};
