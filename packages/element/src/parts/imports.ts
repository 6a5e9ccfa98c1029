/**
 * The parts of the element that a page loads when it wants them. The CDN build has imports of its own (`cdn/imports.ts`),
 * which check what they load.
 */
export const imports = {
  course: () => import('../course/course.js'),
  direct: () => import('../widget/drawing/direct.js'),
};
