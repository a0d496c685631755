// The tailor's whole path, from the door of the employment centre to a business of her own, through the pages of everybody
// who works on her case; then once more with scripts off, on a phone's width.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./house.mjs";
import { Journey } from "./tailor/journey.mjs";
import { STAGES } from "./tailor/stages.mjs";

const WAYS = [
  { way: "with scripts", scripts: true, width: 1280 },
  { way: "without scripts, on a phone's width", scripts: false, width: 360 },
];

for (const { way, ...screen } of WAYS) {
  test(`the tailor walks the whole path ${way}`, async (t) => {
    const house = await open();
    try {
      const visitor = await house.seat(screen);
      const journey = new Journey(visitor, { surname: "Məmmədzadə", given: "Solmaz", fin: "5TX2K7M" });
      for (const [stage, walk] of STAGES) {
        let went = false;
        await t.test(stage, async () => {
          await walk(journey);
          visitor.faultless();
          went = true;
        });
        if (!went) throw new Error(`the path ended where ${stage}`);
      }
      assert.ok(journey.roles.size >= 8, `only ${journey.roles.size} roles worked on her case`);
    } finally {
      await house.close();
    }
  });
}
