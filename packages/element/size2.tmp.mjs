import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const go = async (name, opts) => {
  const r = await build({
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    target: 'es2023',
    charset: 'utf8',
    ...opts,
  });
  const b = Buffer.from(r.outputFiles[0].contents);
  console.log(name.padEnd(40), b.length, gzipSync(b, { level: 9 }).length, brotliCompressSync(b).length);
  return r;
};
const lazy = ['*/course/course.js', '*/drawing/direct.js'];
await go('shell without lit', { entryPoints: ['dist/define.js'], external: ['lit', ...lazy] });
await go('shell without lit and texts', {
  entryPoints: ['dist/define.js'],
  external: ['lit', ...lazy, '*/opening/en.js', '*/opening/ru.js'],
});
await go('shell with lit', { entryPoints: ['dist/define.js'], external: lazy });
await go('all framed with lit', { entryPoints: ['dist/define.js'], external: ['*/drawing/direct.js'] });
await go('opening en', { entryPoints: ['dist/opening/en.js'] });
await go('opening ru', { entryPoints: ['dist/opening/ru.js'] });
await go('styles', { entryPoints: ['dist/styles/opening.js'], external: ['lit'] });
