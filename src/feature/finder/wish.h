/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What somebody wishes: read from the address of the six questions or from the JSON of the
 * API, handed to the index as a profile. Nothing of it is stored.
 */
#ifndef FINDER_WISH_H
#define FINDER_WISH_H

#include "feature/finder/finder.h"
#include "match/match.h"
#include "web/vocab.h"

struct wish {
    struct match_profile profile;
    str near;      /* as typed */
    str near_name; /* as understood: "23552 Lübeck" */
    bool near_unknown;
    int64_t radius;       /* km; 0: however far */
    str said[MATCH_SAID]; /* behind profile.said */
    int64_t page;         /* counts from 1 */
    int64_t per;
};

/* One of the six questions. */
struct question {
    const char *param;         /* of the address */
    const struct vocab *vocab; /* what is to choose from */
    enum match_dim dim;        /* of the profile; MATCH_DIMS: a question of its own kind */
    enum msg title;
    enum msg hint;
};

#define QUESTIONS 6
extern const struct question questions[QUESTIONS];

/* The parameters of the sixth question besides the needs, which have those of the search. */
#define WISH_NEAR   "near"
#define WISH_RADIUS "radius"
#define WISH_PLACE  "place_kind"

/* Reads the parameters of the address; what is not understood is left out. */
void wish_read(struct rq *rq, struct wish *w);
/* Reads the body of the API; what is wrong is among the errors of rq. */
void wish_parse(struct rq *rq, str body, struct wish *w);
/* Turns w->near into a point of the profile; near_unknown when it is no place. */
void wish_locate(struct rq *rq, struct wish *w);
/* Whether anything has been said at all. */
bool wish_says(const struct wish *w);

/* Whether the parameter belongs to this question (counted from 0). */
bool question_owns(size_t question, str param);
/* What has been answered, in words; empty when nothing. */
str question_answer(const struct rq *rq, const struct wish *w, size_t question);

#endif
