// Training and technique: complete once whoever had a seat has finished and holds a certificate.
import { type Family, complete, following, restOf, sumOf, waiting } from './family.ts'

export const TRAINING: Family = {
  says: {
    COURSE_FINISHED: { most: restOf('COURSE_FINISHED') },
    CERTIFICATE_ISSUED: { most: following('COURSE_FINISHED', 'CERTIFICATE_ISSUED') },
  },
  asks: [{ yes: 'COURSE_FINISHED' }, { yes: 'CERTIFICATE_ISSUED' }],
  completion({ received, before }) {
    if (sumOf(before, 'COURSE_FINISHED') < received) return waiting('Chờ học xong khóa học.', 'Waiting for the course to be finished.')
    if (sumOf(before, 'CERTIFICATE_ISSUED') < received) return waiting('Đã học xong; chờ cấp chứng chỉ.', 'Finished; waiting for the certificate.')
    return complete('Đã học xong và có chứng chỉ.', 'Finished, with a certificate.')
  },
}
