// The stages of the tailor's path, in order.

import * as admission from "./admission.mjs";
import * as award from "./award.mjs";
import * as followup from "./followup.mjs";
import * as grievance from "./grievance.mjs";
import * as preparation from "./preparation.mjs";
import * as provision from "./provision.mjs";

export const STAGES = [
  ["she is registered", admission.register],
  ["she applies and gets a receipt number", admission.apply],
  ["papers come, facts are looked up, she is eligible", admission.decide],
  ["a counsellor finds her ready", admission.ready],
  ["a ranking is proposed and approved by a second person", admission.rank],
  ["she accepts the offer", admission.accept],
  ["she studies and passes", preparation.study],
  ["anybody can verify her certificate", preparation.certificate],
  ["her plan is written, commented on and handed in", preparation.plan],
  ["her plan is screened", preparation.screen],
  ["two who do not know her score it", preparation.score],
  ["she defends it", preparation.defend],
  ["the commission approves it", preparation.sit],
  ["the contract is drafted and signed", provision.contract],
  ["a second procurement officer gets an account", provision.colleague],
  ["her equipment is ordered", provision.order],
  ["her equipment comes", provision.deliver],
  ["her equipment is handed over", provision.handOver],
  ["her business starts", followup.start],
  ["her complaint is answered", grievance.complain],
  ["she is visited for a year", followup.visits],
  ["a round of awards opens", award.openRound],
  ["she applies for an award", award.applyForAward],
  ["her application is scored blind", award.scoreAward],
  ["the award is granted", award.grantAward],
  ["what it brings is delivered", award.deliverAward],
  ["the equipment becomes hers", followup.ownership],
  ["she is followed up after two years", followup.lastFollowUp],
  ["the results count her", followup.results],
];
