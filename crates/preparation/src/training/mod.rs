//! preparation: training.
