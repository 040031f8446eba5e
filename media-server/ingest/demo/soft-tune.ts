const SAMPLE_RATE = 48_000;
const NOTE_SECONDS = 0.375;
const CHORD_NOTES = 8;
/** Loud enough to hear, soft enough to leave on; of full scale 1. */
const PLUCK_LEVEL = 0.16;
const PAD_LEVEL = 0.035;

/** Four chords in semitones from A3: A minor, F, C, G, each with its ninth; played up and down. */
const chords = [
  [0, 7, 12, 15, 19, 15, 12, 7],
  [-4, 3, 8, 12, 15, 12, 8, 3],
  [3, 10, 15, 19, 22, 19, 15, 10],
  [-2, 5, 10, 14, 17, 14, 10, 5],
] as const;

/** A calm broken-chord loop of 12 s as a WAV file: mono, 48 kHz, 16 bit. It begins and ends in silence of its notes. */
export function composeSoftTune(): Buffer {
  const length = Math.round(chords.length * CHORD_NOTES * NOTE_SECONDS * SAMPLE_RATE);
  const samples = new Float64Array(length);
  for (const [chordIndex, chord] of chords.entries()) {
    const chordStart = chordIndex * CHORD_NOTES * NOTE_SECONDS;
    addPad(samples, chordStart, hertz(chord[0] - 12));
    for (const [noteIndex, semitones] of chord.entries())
      addPluck(samples, chordStart + noteIndex * NOTE_SECONDS, hertz(semitones));
  }
  return toWav(samples);
}

function hertz(semitonesFromA3: number): number {
  return 220 * 2 ** (semitonesFromA3 / 12);
}

function addPluck(samples: Float64Array, startSeconds: number, frequency: number): void {
  const start = Math.round(startSeconds * SAMPLE_RATE);
  const length = Math.round(NOTE_SECONDS * 3 * SAMPLE_RATE);
  for (let index = 0; index < length; index += 1) {
    const t = index / SAMPLE_RATE;
    const envelope = Math.min(1, t / 0.008) * Math.exp(-t * 4.2) * (1 - index / length);
    const tone = Math.sin(2 * Math.PI * frequency * t) + 0.25 * Math.sin(4 * Math.PI * frequency * t);
    // Notes at the end ring on into the beginning, so that the loop has no seam.
    const at = (start + index) % samples.length;
    samples[at] = (samples[at] ?? 0) + PLUCK_LEVEL * envelope * tone;
  }
}

function addPad(samples: Float64Array, startSeconds: number, frequency: number): void {
  const start = Math.round(startSeconds * SAMPLE_RATE);
  const length = Math.round(CHORD_NOTES * NOTE_SECONDS * SAMPLE_RATE);
  for (let index = 0; index < length; index += 1) {
    const swell = Math.sin((Math.PI * index) / length) ** 2;
    const tone = Math.sin((2 * Math.PI * frequency * index) / SAMPLE_RATE);
    samples[start + index] = (samples[start + index] ?? 0) + PAD_LEVEL * swell * tone;
  }
}

function toWav(samples: Float64Array): Buffer {
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => {
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), index * 2);
  });
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
