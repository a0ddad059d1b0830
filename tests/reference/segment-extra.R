# Numbers that the shared oracles lack: Rscript tests/reference/segment-extra.R > tests/reference/segment_extra.json
# Made with R 4.2.2 and survey 4.1-1. All data here are invented.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "certainty")
number <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", x)), collapse = ","), "]")
object <- function(parts) paste0("{", paste(sprintf("\"%s\":%s", names(parts), unlist(parts)), collapse = ","), "}")

# Four strata of six units, three segments (-1 = none), a background that leans on the segment and is unknown for some,
# three low-or-not columns that go together.
set.seed(20251123); n <- 240
d <- data.frame(stratum = rep(0:3, each = 60)); d$unit <- as.integer(seq(0, n - 1) %/% 10)
d$w <- round(runif(n, .3, 4), 3); pull <- rnorm(n) + rnorm(24)[d$unit + 1] / 2
d$segment <- ifelse(runif(n) < .08, -1L, as.integer(cut(pull + rnorm(n), c(-Inf, -.6, .6, Inf))) - 1L)
d$has <- as.integer(runif(n) < plogis(-.7 - pull)); d$has[sample(n, 15)] <- NA
for (k in 1:3) d[[paste0("low", k)]] <- as.integer(pull + rnorm(n) < c(-.5, -.9, -1.2)[k])
d$ok <- as.integer(!is.na(d$has) & d$segment >= 0); d$h <- ifelse(is.na(d$has), 0, d$has); d$in_group <- as.integer(d$segment >= 0)
d$troubles <- d$low1 + d$low2 + d$low3
designs <- list(clustered = svydesign(~unit, strata = ~stratum, weights = ~w, data = d), weights_only = svydesign(~1, weights = ~w, data = d))

# Ratio of a background's share in a segment to that among everyone: totals first, the delta method on the log.
ratio_of <- function(des, s) {
  des <- update(des, hs = h * ok * (segment == s), ns = ok * (segment == s), ha = h * ok, na = ok)
  k <- svycontrast(svytotal(~hs + ns + ha + na, des), quote(log((hs / ns) / (ha / na)))); df <- degf(subset(des, ok == 1)) - 1
  number(exp(c(coef(k), coef(k) - qt(.975, df) * SE(k), coef(k) + qt(.975, df) * SE(k))))
}
# Share with no low dimension, and with all three, beside independence: value and standard error by the delta method.
pile_of <- function(des) {
  des <- update(des, t0 = in_group * (troubles == 0), t3 = in_group * (troubles == 3), la = in_group * low1, lb = in_group * low2, lc = in_group * low3, m = in_group)
  totals <- svytotal(~t0 + t3 + la + lb + lc + m, des)
  none <- svycontrast(totals, quote((t0 / m) / ((1 - la / m) * (1 - lb / m) * (1 - lc / m)))); all <- svycontrast(totals, quote((t3 / m) / ((la / m) * (lb / m) * (lc / m))))
  number(c(coef(none), SE(none), coef(all), SE(all)))
}
# The same by jackknife replicates (JKn) of the clustered design: standard errors of the logs.
jackknife <- as.svrepdesign(designs$clustered, type = "JKn")
log_over <- function(w, x, s) { m <- x$ok == 1; e <- m & x$segment == s; log((sum(w[e] * x$h[e]) / sum(w[e])) / (sum(w[m] * x$h[m]) / sum(w[m]))) }
log_pile <- function(w, x) { m <- x$segment >= 0; p <- function(v) sum(w[m] * v[m]) / sum(w[m]); l <- c(p(x$low1), p(x$low2), p(x$low3)); log(c(p(x$troubles == 0) / prod(1 - l), p(x$troubles == 3) / prod(l))) }
replicated <- number(c(sapply(0:2, function(s) SE(withReplicates(jackknife, function(w, x) log_over(w, x, s)))), SE(withReplicates(jackknife, log_pile)),
  degf(subset(jackknife, ok == 1)) - 1, degf(subset(jackknife, segment >= 0))))
over <- list(); pile <- list()
for (k in names(designs)) { for (s in 0:2) over[[paste0(k, "|", s)]] <- ratio_of(designs[[k]], s); pile[[k]] <- pile_of(designs[[k]]) }

# Two waves of 200, of which 120 persons are in both; three groups that people mostly keep.
first <- data.frame(wave = 0, person = 1:200, w = round(runif(200, .5, 3), 3)); first$g <- sample(0:2, 200, TRUE, c(.5, .3, .2))
second <- data.frame(wave = 1, person = 81:280, w = round(runif(200, .5, 3), 3)); second$g <- sample(0:2, 200, TRUE, c(.3, .3, .4))
stays <- match(second$person, first$person); keep <- !is.na(stays) & runif(200) < .7; second$g[keep] <- first$g[stays[keep]]
both <- rbind(first, second); panel <- svydesign(~person, weights = ~w, data = both); change <- list(); p <- NULL
for (of in 0:2) {
  fit <- svyglm(is ~ wave, update(panel, is = as.integer(g == of))); est <- coef(fit)[2]; se <- SE(fit)[2]; df <- fit$df.residual
  p <- c(p, 2 * pt(-abs(est / se), df)); change[[as.character(of)]] <- number(c(est, se, df, p[of + 1]))
}
cat(object(list(
  generated_with = sprintf("\"%s, survey %s; tests/reference/segment-extra.R\"", R.version.string, packageVersion("survey")),
  data = object(lapply(d[, c("stratum", "unit", "w", "segment", "has", "low1", "low2", "low3")], number)),
  over_representation = object(over), pile_up = object(pile), replicated = replicated,
  panel = object(lapply(both, number)), drift = object(change), drift_adjusted = number(p.adjust(p, "BH")))), "\n")
