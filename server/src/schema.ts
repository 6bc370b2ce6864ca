// Imports every feature's part of the schema, in life-cycle order, then builds it; defines nothing.
import './features/identity/schema.ts'
import './features/areas/schema.ts'
import './features/households/schema.ts'
import './features/pledges/schema.ts'
import './features/matching/schema.ts'
import './features/matching/batch-schema.ts'
import './features/deliveries/schema.ts'
import './features/deliveries/waiting-schema.ts'
import './features/deliveries/photo-schema.ts'
import './features/outcomes/schema.ts'
import './features/giving-years/schema.ts'
import './features/adoptions/schema.ts'
import './features/herds/schema.ts'
import './features/plans/schema.ts'
import './features/activity/schema.ts'
import { builder } from './graphql/builder.ts'

export const schema = builder.toSchema()
