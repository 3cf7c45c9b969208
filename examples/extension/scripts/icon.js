// Draws the icon: a bolt on a rounded square. Chrome wants PNG, and PNG is little more than deflated rows.

import { crc32, deflateSync } from "node:zlib";

/** Points of the bolt, in parts of the side. */
const BOLT = [
  [0.56, 0.14],
  [0.24, 0.56],
  [0.45, 0.56],
  [0.4, 0.86],
  [0.76, 0.42],
  [0.53, 0.42],
];
const CORNER = 0.23;
const FROM = [75, 92, 235];
const TO = [23, 160, 168];

/** So many samples of a pixel, in each direction. */
const SAMPLES = 4;

/**
 * @param {number} x
 * @param {number} y
 */
function isInSquare(x, y) {
  const dx = Math.max(CORNER - x, x - (1 - CORNER), 0);
  const dy = Math.max(CORNER - y, y - (1 - CORNER), 0);
  return Math.hypot(dx, dy) <= CORNER;
}

/**
 * @param {number} x
 * @param {number} y
 */
function isInBolt(x, y) {
  let isInside = false;
  for (const [index, [ax = 0, ay = 0]] of BOLT.entries()) {
    const [bx = 0, by = 0] = BOLT.at(index - 1) ?? [];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside;
}

/**
 * @param {number} x of the pixel's corner, in parts of the side
 * @param {number} y
 * @param {number} pixel its size
 * @returns {number[]} red, green, blue, alpha
 */
function colourOf(x, y, pixel) {
  let square = 0;
  let bolt = 0;
  for (let index = 0; index < SAMPLES * SAMPLES; index += 1) {
    const sx = x + (((index % SAMPLES) + 0.5) / SAMPLES) * pixel;
    const sy = y + ((Math.floor(index / SAMPLES) + 0.5) / SAMPLES) * pixel;
    if (isInSquare(sx, sy)) square += 1;
    if (isInBolt(sx, sy)) bolt += 1;
  }
  const white = bolt / (SAMPLES * SAMPLES);
  const slope = (x + y) / 2;
  const rgb = FROM.map((from, index) => {
    const ground = from + ((TO[index] ?? 0) - from) * slope;
    return Math.round(ground + (255 - ground) * white);
  });
  return [...rgb, Math.round((255 * square) / (SAMPLES * SAMPLES))];
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/**
 * @param {number} size
 * @returns {Buffer} a PNG file
 */
export function drawIcon(size) {
  const rows = Array.from({ length: size }, (_, y) => {
    const pixels = Array.from({ length: size }, (_, x) => colourOf(x / size, y / size, 1 / size));
    // Each row begins with the number of its filter: none.
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits for each of red, green, blue and alpha.
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
