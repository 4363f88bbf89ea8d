//! Logarithms of many numbers at once, bit for bit those of `libm::logf`.
//!
//! The second stage takes some two hundred logarithms a sentence. libm's function asks about zero, signs and subnormal
//! numbers first, and so is called one number at a time; without those questions the same steps run side by side.

const LN2_HI: f32 = f32::from_bits(0x3f31_7180);
const LN2_LO: f32 = f32::from_bits(0x3717_f7d1);
const LG1: f32 = f32::from_bits(0x3f2a_aaaa);
const LG2: f32 = f32::from_bits(0x3ecc_ce13);
const LG3: f32 = f32::from_bits(0x3e91_e9ee);
const LG4: f32 = f32::from_bits(0x3e78_9e26);
/// The bits of 1.
const ONE: u32 = 0x3f80_0000;
/// The bits of √½.
const ROOT_HALF: u32 = 0x3f35_04f3;

/// Replaces each number by its natural logarithm. The numbers must be positive, finite and not subnormal.
pub(super) fn logarithms(values: &mut [f32]) {
    for value in values {
        let bits = value.to_bits().wrapping_add(ONE - ROOT_HALF);
        let k = ((bits >> 23) as i32 - 0x7f) as f32;
        let f = f32::from_bits((bits & 0x007f_ffff) + ROOT_HALF) - 1.0;
        let s = f / (2.0 + f);
        let z = s * s;
        let w = z * z;
        let t1 = w * (LG2 + w * LG4);
        let t2 = z * (LG1 + w * LG3);
        let r = t2 + t1;
        let hfsq = 0.5 * f * f;
        *value = s * (hfsq + r) + k * LN2_LO - hfsq + f + k * LN2_HI;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_libm() {
        // A prime step meets every exponent and all sorts of fractions.
        let mut bits: Vec<u32> = (f32::MIN_POSITIVE.to_bits()..f32::INFINITY.to_bits()).step_by(4099).collect();
        bits.extend(ONE - 2000..ONE + 2000);
        bits.extend(ROOT_HALF - 2000..ROOT_HALF + 2000);
        let mut values: Vec<f32> = bits.iter().map(|&bits| f32::from_bits(bits)).collect();
        logarithms(&mut values);
        for (bits, value) in bits.into_iter().zip(values) {
            let number = f32::from_bits(bits);
            assert_eq!(value.to_bits(), libm::logf(number).to_bits(), "{number}");
        }
    }
}
