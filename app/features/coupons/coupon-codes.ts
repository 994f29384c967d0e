/** What a coupon is refused for, as `replyWithRefusal` takes it: all of it is about the one field. */
export const COUPON_FIELD_BY_CODE = {
  QCEND: "coupon",
  QCFRE: "coupon",
  QCFST: "coupon",
  QCMIN: "coupon",
  QCNFD: "coupon",
  QCOUT: "coupon",
  QCTWO: "coupon",
} as const;
