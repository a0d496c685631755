//! preparation: business_plan.
