//! Screens by key script.
