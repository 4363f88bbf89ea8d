//! Sixteen-bit floats (IEEE 754 binary16), as model files hold weights.

/// The nearest 16-bit float, ties to even; too large becomes infinite.
pub fn to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let exponent = ((bits >> 23) & 0xFF) as i32 - 127;
    let fraction = bits & 0x007F_FFFF;
    if exponent == 128 {
        return sign | 0x7C00 | if fraction != 0 { 0x0200 } else { 0 };
    }
    if exponent >= 16 {
        return sign | 0x7C00;
    }
    if exponent < -25 {
        return sign;
    }
    // The significand with its leading one, shifted to where the half's last bit stands.
    let (significand, shift, base) = if exponent >= -14 {
        (fraction, 13, ((exponent + 15) as u32) << 10)
    } else {
        (fraction | 0x0080_0000, (-1 - exponent) as u32, 0)
    };
    let kept = significand >> shift;
    let rest = significand & ((1 << shift) - 1);
    let middle = 1 << (shift - 1);
    let up = u32::from(rest > middle || (rest == middle && kept & 1 == 1));
    sign | (base + kept + up) as u16
}

/// The value of a 16-bit float.
pub fn from_half(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10) & 0x1F;
    let fraction = u32::from(half & 0x03FF);
    match (exponent, fraction) {
        (0, _) => f32::from_bits(sign | (fraction as f32 * f32::from_bits(0x3380_0000)).to_bits()),
        (31, _) => f32::from_bits(sign | 0x7F80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

/// The value rounded to what a 16-bit float can hold.
pub fn rounded(value: f32) -> f32 {
    from_half(to_half(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back() {
        for half in 0..=u16::MAX {
            let value = from_half(half);
            if !value.is_nan() {
                assert_eq!(to_half(value), half, "{value}");
            }
        }
    }

    #[test]
    fn rounds_to_the_nearest_and_ties_to_even() {
        // Values by Python's struct.pack("e", x).
        assert_eq!(to_half(1.0), 0x3C00);
        assert_eq!(to_half(-2.5), 0xC100);
        assert_eq!(to_half(0.1), 0x2E66);
        assert_eq!(to_half(65504.0), 0x7BFF);
        assert_eq!(to_half(1e-7), 0x0002);
        assert_eq!(to_half(1.0 + 1.0 / 2048.0), 0x3C00);
        assert_eq!(to_half(1.0 + 3.0 / 2048.0), 0x3C02);
        assert_eq!(to_half(1e6), 0x7C00);
    }
}
