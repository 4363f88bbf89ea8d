//! Puts labels beside their points so that none covers another.

/// A rectangle: left, top, width, height in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Area {
    fn overlap(&self, other: &Area) -> f64 {
        let wide = (self.x + self.w).min(other.x + other.w) - self.x.max(other.x);
        let high = (self.y + self.h).min(other.y + other.h) - self.y.max(other.y);
        if wide > 0.0 && high > 0.0 { wide * high } else { 0.0 }
    }

    fn within(&self, bounds: &Area) -> bool {
        self.x >= bounds.x
            && self.y >= bounds.y
            && self.x + self.w <= bounds.x + bounds.w
            && self.y + self.h <= bounds.y + bounds.h
    }

    /// The distance from a point to the nearest edge; 0 within.
    fn away(&self, (x, y): (f64, f64)) -> f64 {
        let across = (self.x - x).max(x - self.x - self.w).max(0.0);
        let up = (self.y - y).max(y - self.y - self.h).max(0.0);
        libm::hypot(across, up)
    }

    /// Whether a dot of a few px at this place touches the area.
    fn touches(&self, (x, y): (f64, f64)) -> bool {
        const RADIUS: f64 = 3.0;
        x >= self.x - RADIUS && x <= self.x + self.w + RADIUS && y >= self.y - RADIUS && y <= self.y + self.h + RADIUS
    }
}

/// Places each label near its anchor, within `bounds`, over no other label, over as few of the `dots` as can be, and not
/// nearer to one of them than to its own if that can be helped.
///
/// `wanted` holds (anchor, width, height), the most important first: it is placed first. A label that finds no free
/// room within `farthest` px stays without a place (`None`), so that the chart can name it elsewhere.
/// Positions are tried in a fixed order: right, left, above, below, the corners, then further out.
pub(super) fn place(
    wanted: &[((f64, f64), f64, f64)],
    dots: &[(f64, f64)],
    bounds: Area,
    farthest: f64,
) -> Vec<Option<Area>> {
    const WAYS: [(f64, f64); 12] = [
        (1.0, 0.0),
        (-1.0, 0.0),
        (0.0, -1.0),
        (0.0, 1.0),
        (1.0, -1.0),
        (1.0, 1.0),
        (-1.0, -1.0),
        (-1.0, 1.0),
        (0.5, -1.0),
        (-0.5, -1.0),
        (0.5, 1.0),
        (-0.5, 1.0),
    ];
    let mut placed: Vec<Option<Area>> = Vec::with_capacity(wanted.len());
    for &((x, y), w, h) in wanted {
        let mut best: Option<(f64, Area)> = None;
        let mut distance = 0.45 * h;
        while distance <= farthest {
            for (dx, dy) in WAYS {
                // The label's nearest edge or corner stands `distance` from the anchor.
                let area = Area {
                    x: x + dx * (distance + w / 2.0) - w / 2.0,
                    y: y + dy * (distance + h / 2.0) - h / 2.0,
                    w,
                    h,
                };
                if !area.within(&bounds) || placed.iter().flatten().any(|other| area.overlap(other) > 0.0) {
                    continue;
                }
                let covered = dots.iter().filter(|&&dot| area.touches(dot)).count() as f64;
                // A label that another dot stands nearer to would be read as that dot's.
                let own = area.away((x, y));
                let claimed = dots.iter().any(|&dot| dot != (x, y) && area.away(dot) < own);
                let cost = covered * 3.0 + distance / h * 2.0 + if claimed { 2.0 } else { 0.0 };
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, area));
                }
            }
            // Nothing further out can cost less than the distance itself.
            if best.is_some_and(|(least, _)| least <= (distance + 0.7 * h) / h * 2.0) {
                break;
            }
            distance += 0.7 * h;
        }
        placed.push(best.map(|(_, area)| area));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Area = Area { x: 0.0, y: 0.0, w: 400.0, h: 300.0 };

    #[test]
    fn no_two_labels_overlap_even_at_one_point() {
        let wanted = vec![((200.0, 150.0), 60.0, 16.0); 20];
        let placed = place(&wanted, &[(200.0, 150.0)], BOUNDS, 150.0);
        let areas: Vec<Area> = placed.into_iter().flatten().collect();
        assert!(areas.len() >= 12, "only {} found room", areas.len());
        for (index, area) in areas.iter().enumerate() {
            assert!(area.within(&BOUNDS));
            assert!(areas[..index].iter().all(|other| area.overlap(other) == 0.0), "{index}");
        }
    }

    #[test]
    fn a_lone_label_stands_to_the_right_of_its_point_or_inside_at_the_edge() {
        let placed = place(&[((50.0, 50.0), 60.0, 16.0), ((395.0, 200.0), 60.0, 16.0)], &[], BOUNDS, 60.0);
        assert!(placed[0].unwrap().x > 50.0);
        assert!(placed[1].unwrap().x + 60.0 < 395.0);
    }

    #[test]
    fn a_label_keeps_away_from_another_dot() {
        // To the right of its point, beyond the label, stands another dot.
        let placed = place(&[((100.0, 100.0), 60.0, 16.0)], &[(100.0, 100.0), (170.0, 100.0)], BOUNDS, 60.0);
        let area = placed[0].unwrap();
        assert!(area.away((100.0, 100.0)) < area.away((170.0, 100.0)), "{area:?}");
    }

    #[test]
    fn a_label_wider_than_the_chart_has_no_place() {
        assert_eq!(place(&[((50.0, 50.0), 500.0, 16.0)], &[], BOUNDS, 60.0), [None]);
    }
}
