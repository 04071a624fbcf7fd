/** So many rows are added before their counts are taken out: those of one value then fit eight bits. */
const rowsAtOnce = 240;
/** Lists of rows are filled up to a multiple of this. */
export const rowsInStep = 16;
const everyFourth = 0x11111111;

/**
 * Adds to 32 counts, from `at` on, how often each bit is set in the numbers of a column that stand in
 * some rows.
 *
 * Sixteen numbers are added at a time as by a circuit of full adders, each bit by itself ("positional
 * population count", M. Klarqvist, W. Muła and D. Lemire, "Efficient computation of positional population
 * counts using SIMD instructions", 2019). What the circuit carries out is added up four bits a value,
 * eight values to a number.
 * @param rows the first `length` are counted, a multiple of `rowsInStep`.
 */
export function addValueCounts(
  column: Int32Array,
  rows: Int32Array,
  length: number,
  counts: Int32Array,
  at: number,
): void {
  for (let start = 0; start < length; start += rowsAtOnce) {
    const end = Math.min(length, start + rowsAtOnce);
    let one = 0;
    let two = 0;
    let four = 0;
    let eight = 0;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let place = start; place < end; place += rowsInStep) {
      // `| 0` spares a check of each sum for an overflow, one of eighteen instructions.
      const v0 = column[rows[place] ?? 0] ?? 0;
      const v1 = column[rows[(place + 1) | 0] ?? 0] ?? 0;
      const v2 = column[rows[(place + 2) | 0] ?? 0] ?? 0;
      const v3 = column[rows[(place + 3) | 0] ?? 0] ?? 0;
      // Each pair of lines is a full adder: a carry that counts twice as much, and a sum.
      const x0 = one ^ v0;
      const twoA = (one & v0) | (x0 & v1);
      const s0 = x0 ^ v1;
      const x1 = s0 ^ v2;
      const twoB = (s0 & v2) | (x1 & v3);
      const s1 = x1 ^ v3;
      const x2 = two ^ twoA;
      const fourA = (two & twoA) | (x2 & twoB);
      const t0 = x2 ^ twoB;

      const v4 = column[rows[(place + 4) | 0] ?? 0] ?? 0;
      const v5 = column[rows[(place + 5) | 0] ?? 0] ?? 0;
      const v6 = column[rows[(place + 6) | 0] ?? 0] ?? 0;
      const v7 = column[rows[(place + 7) | 0] ?? 0] ?? 0;
      const x3 = s1 ^ v4;
      const twoC = (s1 & v4) | (x3 & v5);
      const s2 = x3 ^ v5;
      const x4 = s2 ^ v6;
      const twoD = (s2 & v6) | (x4 & v7);
      const s3 = x4 ^ v7;
      const x5 = t0 ^ twoC;
      const fourB = (t0 & twoC) | (x5 & twoD);
      const t1 = x5 ^ twoD;
      const x6 = four ^ fourA;
      const eightA = (four & fourA) | (x6 & fourB);
      const u0 = x6 ^ fourB;

      const v8 = column[rows[(place + 8) | 0] ?? 0] ?? 0;
      const v9 = column[rows[(place + 9) | 0] ?? 0] ?? 0;
      const v10 = column[rows[(place + 10) | 0] ?? 0] ?? 0;
      const v11 = column[rows[(place + 11) | 0] ?? 0] ?? 0;
      const x7 = s3 ^ v8;
      const twoE = (s3 & v8) | (x7 & v9);
      const s4 = x7 ^ v9;
      const x8 = s4 ^ v10;
      const twoF = (s4 & v10) | (x8 & v11);
      const s5 = x8 ^ v11;
      const x9 = t1 ^ twoE;
      const fourC = (t1 & twoE) | (x9 & twoF);
      const t2 = x9 ^ twoF;

      const v12 = column[rows[(place + 12) | 0] ?? 0] ?? 0;
      const v13 = column[rows[(place + 13) | 0] ?? 0] ?? 0;
      const v14 = column[rows[(place + 14) | 0] ?? 0] ?? 0;
      const v15 = column[rows[(place + 15) | 0] ?? 0] ?? 0;
      const x10 = s5 ^ v12;
      const twoG = (s5 & v12) | (x10 & v13);
      const s6 = x10 ^ v13;
      const x11 = s6 ^ v14;
      const twoH = (s6 & v14) | (x11 & v15);
      one = x11 ^ v15;
      const x12 = t2 ^ twoG;
      const fourD = (t2 & twoG) | (x12 & twoH);
      two = x12 ^ twoH;
      const x13 = u0 ^ fourC;
      const eightB = (u0 & fourC) | (x13 & fourD);
      four = x13 ^ fourD;
      const x14 = eight ^ eightA;
      const sixteen = (eight & eightA) | (x14 & eightB);
      eight = x14 ^ eightB;

      sum0 = (sum0 + (sixteen & everyFourth)) | 0;
      sum1 = (sum1 + ((sixteen >>> 1) & everyFourth)) | 0;
      sum2 = (sum2 + ((sixteen >>> 2) & everyFourth)) | 0;
      sum3 = (sum3 + ((sixteen >>> 3) & everyFourth)) | 0;
    }
    takeOut(sum0, gathered(one, two, four, eight), counts, at);
    takeOut(sum1, gathered(one >>> 1, two >>> 1, four >>> 1, eight >>> 1), counts, at + 1);
    takeOut(sum2, gathered(one >>> 2, two >>> 2, four >>> 2, eight >>> 2), counts, at + 2);
    takeOut(sum3, gathered(one >>> 3, two >>> 3, four >>> 3, eight >>> 3), counts, at + 3);
  }
}

/** For every fourth value, what its bits in the four numbers say together. */
function gathered(one: number, two: number, four: number, eight: number): number {
  return (one & everyFourth) | ((two & everyFourth) << 1) | ((four & everyFourth) << 2) | ((eight & everyFourth) << 3);
}

/** Adds to every fourth count: four bits of each number are one value's, those of `high` worth sixteen times as much. */
function takeOut(high: number, low: number, counts: Int32Array, at: number): void {
  for (let bit = 0; bit < 32; bit += 4) {
    const place = at + bit;
    counts[place] = (counts[place] ?? 0) + ((high >>> bit) & 15) * 16 + ((low >>> bit) & 15);
  }
}
