//! Logarithms of many numbers at once, bit for bit those of `libm::log`.
//!
//! libm's function asks about zero, signs and subnormal numbers first, and so is called one number at a time; without those
//! questions the same steps run side by side.

const LN2_HI: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LO: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
const LG: [f64; 7] = [
    f64::from_bits(0x3fe5_5555_5555_5593),
    f64::from_bits(0x3fd9_9999_9997_fa04),
    f64::from_bits(0x3fd2_4924_9422_9359),
    f64::from_bits(0x3fcc_71c5_1d8e_78af),
    f64::from_bits(0x3fc7_4664_96cb_03de),
    f64::from_bits(0x3fc3_9a09_d078_c69f),
    f64::from_bits(0x3fc2_f112_df3e_5244),
];
/// The upper bits of 1, and of √½.
const ONE: u64 = 0x3ff0_0000_0000_0000;
const ROOT_HALF: u64 = 0x3fe6_a09e_0000_0000;
/// What turns the whole number in the lower bits of a double into that double: 2⁵².
const WHOLE: u64 = 0x4330_0000_0000_0000;

/// Replaces each number by its natural logarithm. The numbers must be positive, finite and not subnormal.
pub(super) fn logarithms(values: &mut [f64]) {
    for value in values {
        let bits = value.to_bits().wrapping_add(ONE - ROOT_HALF);
        // The exponent as a double, by its bits: there is no instruction for four whole numbers of 64 bits.
        let k = f64::from_bits(WHOLE | (bits >> 52)) - (f64::from_bits(WHOLE) + 1023.0);
        let f = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + ROOT_HALF) - 1.0;
        let hfsq = 0.5 * f * f;
        let s = f / (2.0 + f);
        let z = s * s;
        let w = z * z;
        let t1 = w * (LG[1] + w * (LG[3] + w * LG[5]));
        let t2 = z * (LG[0] + w * (LG[2] + w * (LG[4] + w * LG[6])));
        let r = t2 + t1;
        *value = s * (hfsq + r) + k * LN2_LO - hfsq + f + k * LN2_HI;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_libm() {
        // A step without a pattern in its bits meets every exponent and all sorts of fractions.
        let mut bits: Vec<u64> =
            (f64::MIN_POSITIVE.to_bits()..f64::INFINITY.to_bits()).step_by(0x0000_4d3f_9a2b_71c5).collect();
        for near in [ONE, ROOT_HALF, f64::to_bits(std::f64::consts::FRAC_1_SQRT_2)] {
            bits.extend(near - 3000..near + 3000);
            bits.extend((near..near + (1 << 52)).step_by(0x0000_0011_9a2b_71c5));
        }
        let mut values: Vec<f64> = bits.iter().map(|&bits| f64::from_bits(bits)).collect();
        logarithms(&mut values);
        for (bits, value) in bits.into_iter().zip(values) {
            let number = f64::from_bits(bits);
            assert_eq!(value.to_bits(), libm::log(number).to_bits(), "{number}");
        }
    }
}
