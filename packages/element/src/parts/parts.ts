import { imports } from './imports.js';

/** All that an element shows and does from the bank's form to the money. */
export type CoursePart = Awaited<ReturnType<typeof imports.course>>;
/** What draws the bank's form into the page itself. */
export type DirectPart = Awaited<ReturnType<typeof imports.direct>>;

let course: CoursePart | null = null;
let direct: DirectPart | null = null;

/** Every tag on a page needs it. */
export async function loadCourse(): Promise<CoursePart> {
  course = await imports.course();
  return course;
}

/** Only pages that draw directly need it. */
export async function loadDirect(): Promise<DirectPart> {
  direct = await imports.direct();
  return direct;
}

/** Null as long as it is not there. */
export function courseNow(): CoursePart | null {
  return course;
}

/** Null as long as it is not there. */
export function directNow(): DirectPart | null {
  return direct;
}
