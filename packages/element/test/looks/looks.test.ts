// Draws every face and compares it with the pictures beside this file; `UPDATE_LOOKS=1` keeps what was drawn.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Browser, carriedFitsHere } from '@b131/browser';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { draw, openBrowser, type Sheet, sheets } from './draw.ts';
import { encode } from './encode.ts';
import { type Gallery, openGallery } from './gallery.ts';

const folder = new URL('./pictures/', import.meta.url);
const unlike = new URL('../../screenshots/', import.meta.url);
const update = process.env.UPDATE_LOOKS === '1';

/** Pixels that may differ, of a million: curves and letters are not drawn alike to the last bit. */
const tolerance = 500;

if (!carriedFitsHere) {
  console.log(
    `Looks are not compared here: the pictures were drawn by the Chromium that npm carries for Linux x64, and this is ${process.platform} ${process.arch}.`,
  );
} else {
  let gallery: Gallery;
  let browser: Browser;
  before(async () => {
    gallery = await openGallery();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await gallery?.close();
  });
  for (const sheet of sheets) {
    test(`looks as it did: ${sheet.name}`, { timeout: 120_000 }, async () => {
      const drawn = PNG.sync.read(Buffer.from(await draw(browser, gallery, sheet)));
      if (update) await keep(folder, sheet, drawn);
      await compare(sheet, drawn);
    });
  }
}

async function compare(sheet: Sheet, drawn: PNG): Promise<void> {
  const kept = PNG.sync.read(await readFile(new URL(`${sheet.name}.png`, folder)));
  const { width, height } = kept;
  const difference = new PNG({ width, height });
  const same = width === drawn.width && height === drawn.height;
  const pixels = same ? pixelmatch(kept.data, drawn.data, difference.data, width, height) : width * height;
  if (pixels <= (width * height * tolerance) / 1e6) return;
  await keep(unlike, sheet, drawn);
  assert.fail(
    `${sheet.name} looks different (${same ? `${pixels} pixels` : 'another size'}): see ${fileURLToPath(unlike)}${sheet.name}.png. If that is meant, look at it and keep it by UPDATE_LOOKS=1.`,
  );
}

async function keep(where: URL, { name }: Sheet, picture: PNG): Promise<void> {
  await mkdir(where, { recursive: true });
  await writeFile(new URL(`${name}.png`, where), encode(picture));
}
