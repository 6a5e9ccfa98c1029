export type CourseModule = typeof import('../course/course.js');

let loaded: CourseModule | null = null;

/** The course of a payout, where it is there already. */
export function courseNow(): CourseModule | null {
  return loaded;
}

/** Loads the course of a payout, once for all elements of a page. */
export async function loadCourse(): Promise<CourseModule> {
  loaded ??= await import('../course/course.js');
  return loaded;
}
