type Ratings = {
  /** The mean of a coach's reviews, and how many there are. */
  average: number;
  count: number;
  /** The mean of all coaches' reviews, and how many reviews it is worth. */
  prior: number;
  weight: number;
};

/**
 * What search would order a coach by: the example on the page that explains it. The database reckons
 * (rating_score); a test holds the two together.
 */
export function searchScore({ average, count, prior, weight }: Ratings): number {
  return (prior * weight + average * count) / (weight + count);
}
